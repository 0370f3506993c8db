"""A headless Chromium, a local Chime, and what the checks of the console ask them."""

import http.server
import json
import os
import pathlib
import shutil
import tempfile
import threading
import unittest
import urllib.request

import boto3
import botocore.config
from selenium import webdriver
from selenium.common.exceptions import NoSuchElementException, StaleElementReferenceException
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

# A name that is never resolved but by the browser's own rule, for a site that points its name to this machine.
REBOUND = "rebound.example"

# How long a page may take to show something, in seconds.
PATIENCE = 20


def program(*names):
    """Returns the path of the first of some programs that is installed."""
    found = next(filter(None, map(shutil.which, names)), None)
    if found is None:
        raise SystemExit(f"{' or '.join(names)} is not installed; Debian has chromium and chromium-driver")
    return found


def start_browser(profile):
    """Starts Chromium with a profile of its own, which asks for nothing but the pages it is sent to."""
    options = webdriver.ChromeOptions()
    options.binary_location = program("chromium", "google-chrome", "chromium-browser")
    for argument in [
        "headless",
        "window-size=1200,900",
        "lang=en",
        f"user-data-dir={profile}",
        f"host-resolver-rules=MAP {REBOUND} 127.0.0.1",
        "no-proxy-server",
        "no-first-run",
        "disable-background-networking",
        "disable-component-update",
        "disable-default-apps",
        "disable-dev-shm-usage",
        "disable-gpu",
        "disable-sync",
    ]:
        options.add_argument(f"--{argument}")
    if os.geteuid() == 0:
        # The sandbox refuses to run for root, as in a container.
        options.add_argument("--no-sandbox")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    return webdriver.Chrome(options, webdriver.ChromeService(program("chromedriver")))


class Chime:
    """The local Chime under test, as boto3 and its control see it."""

    def __init__(self, url):
        self.url = url
        self.opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        self.clients = {}

    def client(self, service="chime"):
        """Returns boto3's client of a service, which does not retry."""
        if service not in self.clients:
            self.clients[service] = boto3.client(
                service,
                endpoint_url=self.url,
                region_name="us-east-1",
                aws_access_key_id="local",
                aws_secret_access_key="local",
                config=botocore.config.Config(retries={"total_max_attempts": 1}, proxies={}),
            )
        return self.clients[service]

    def control(self, name, method="GET", value=None):
        """Reads, replaces or removes what a path under `/_chime/` has."""
        data = None if value is None else json.dumps(value).encode()
        request = urllib.request.Request(f"{self.url}/_chime/{name}", data, method=method)
        with self.opener.open(request, timeout=PATIENCE) as response:
            body = response.read()
        return json.loads(body) if body else None

    def forget(self):
        """Removes the faults, the log and the counts. What is stored stays."""
        for name in ["faults", "requests", "counts"]:
            self.control(name, "DELETE")


class Site:
    """Another site: a server on another port, with an empty page at each path."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            page = b"<!doctype html><title>Another site</title><link rel=icon href=data:,><h1>Another site</h1>"
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(page)))
            self.end_headers()
            self.wfile.write(page)

        def log_message(self, *_):
            pass

    def __enter__(self):
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), self.Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self.server.server_port

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()


class BrowserTest(unittest.TestCase):
    """A test with the browser, which fails if a page had an error that the test does not expect."""

    maxDiff = None

    @classmethod
    def start(cls, url, screenshots):
        """Starts what all tests share."""
        cls.chime = Chime(url)
        cls.screenshots = pathlib.Path(screenshots)
        profile = tempfile.TemporaryDirectory(prefix="console-", ignore_cleanup_errors=True)
        unittest.addModuleCleanup(profile.cleanup)
        cls.driver = start_browser(profile.name)
        unittest.addModuleCleanup(cls.driver.quit)
        cls.driver.set_script_timeout(PATIENCE)
        cls.driver.set_page_load_timeout(PATIENCE)

    def setUp(self):
        self.chime.forget()
        self.driver.get("about:blank")
        self.cdp("Emulation.clearDeviceMetricsOverride")
        self.cdp("Emulation.setEmulatedMedia", features=[])
        self.errors()

    def tearDown(self):
        self.assertEqual(self.errors(), [], "the browser's console has errors")

    def errors(self):
        """Returns the errors that the browser logged since the last call."""
        return [entry["message"] for entry in self.driver.get_log("browser") if entry["level"] == "SEVERE"]

    def cdp(self, command, **parameters):
        return self.driver.execute_cdp_cmd(command, parameters)

    def script(self, text, *arguments):
        return self.driver.execute_script(text, *arguments)

    def screenshot(self, parameters=()):
        """Keeps what the browser shows, and says where."""
        self.screenshots.mkdir(parents=True, exist_ok=True)
        name = "-".join([self.id().rsplit(".", 1)[-1], *parameters])
        path = self.screenshots / f"{name}.png"
        self.driver.save_screenshot(str(path))
        print(f"\n{self.driver.current_url} is in {path}")

    def open(self, name=""):
        """Opens a page of the console."""
        self.driver.get(f"{self.chime.url}/_chime/{name and 'console/'}{name}")

    def all(self, selector):
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def one(self, selector, text=""):
        """Returns the first element of a kind with a text, once there is one."""

        def found():
            return next((it for it in self.all(selector) if text in it.text), None)

        return self.until(found, f"there is no {selector} with {text!r}")

    def until(self, condition, message):
        """Waits until a condition is true, and returns its value."""
        ignored = [NoSuchElementException, StaleElementReferenceException]
        wait = WebDriverWait(self.driver, PATIENCE, poll_frequency=0.05, ignored_exceptions=ignored)
        return wait.until(lambda _: condition(), message)

    def see(self, heading):
        """Waits for the page with a heading."""
        self.until(lambda: any(it.text == heading for it in self.all("h1")), f"there is no page {heading!r}")

    def mark(self):
        """Leaves a mark on the page, which a reload removes."""
        self.script("window.mark = true")

    def assert_not_reloaded(self):
        self.assertTrue(self.script("return window.mark === true"), "the page was reloaded")

    def press(self, *keys):
        """Presses keys, whatever has the focus."""
        ActionChains(self.driver).send_keys(*keys).perform()

    def focused(self):
        return self.driver.switch_to.active_element

    def tab_to(self, what, is_it):
        """Presses Tab until an element has the focus. Each one on the way must show that it has it."""
        for _ in range(80):
            self.press(Keys.TAB)
            element = self.focused()
            # After the last one, the focus is nowhere.
            if element.tag_name != "body":
                outline = [element.value_of_css_property(f"outline-{it}") for it in ["style", "width"]]
                self.assertEqual(outline, ["solid", "3px"], element.get_attribute("outerHTML"))
            if is_it(element):
                return element
        self.fail(f"Tab does not lead to {what}")


class Result(unittest.TextTestResult):
    """A result that keeps a screenshot of each failure."""

    def addFailure(self, test, err):
        self.keep(test)
        super().addFailure(test, err)

    def addError(self, test, err):
        self.keep(test)
        super().addError(test, err)

    def addSubTest(self, test, subtest, err):
        if err is not None:
            self.keep(test, subtest.params.values())
        super().addSubTest(test, subtest, err)

    @staticmethod
    def keep(test, parameters=()):
        if isinstance(test, BrowserTest):
            try:
                test.screenshot(parameters)
            except Exception as error:  # The failure itself is what matters.
                print(f"\nthere is no screenshot: {error}")
