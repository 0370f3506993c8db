"""The console of a local Chime in headless Chromium, with boto3 as the program that it watches.

    python console.py URL SCREENSHOTS [-k NAME]

URL is that of a `chime serve` of its own, and SCREENSHOTS the folder for a picture of each failure. Everything that is
stored comes through boto3, because the console only shows it. Needs boto3, selenium, Chromium and its driver.
"""

import json
import sys
import unittest

from botocore.exceptions import ClientError
from browser import REBOUND, BrowserTest, Result, Site
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

HOSTILE = "<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">"
LONG = "unbroken" * 12

# Texts with too little contrast to what is behind them, by the WCAG's formula; 4.5 is its level AA.
FAINT = """
const channels = (text) => text.match(/[\\d.]+/g).map(Number);
const luminance = (text) => {
  const [r, g, b] = channels(text).map((it) => it / 255).map((it) => it <= 0.04045 ? it / 12.92 : ((it + 0.055) / 1.055) ** 2.4);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const behind = (element) => {
  for (let it = element; it; it = it.parentElement) {
    const [r, g, b, a = 1] = channels(getComputedStyle(it).backgroundColor);
    if (a === 1) return `rgb(${r}, ${g}, ${b})`;
  }
  return "rgb(255, 255, 255)";
};
const seen = [...document.body.querySelectorAll("*")].filter((it) => it.checkVisibility() && (it.value
  || [...it.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim())));
const faint = seen.flatMap((it) => {
  const [a, b] = [luminance(getComputedStyle(it).color), luminance(behind(it))];
  const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  return ratio < 4.5 ? [`${it.tagName}.${it.className} ${ratio.toFixed(2)}: ${it.textContent.slice(0, 40)}`] : [];
});
return [seen.length, luminance(behind(document.body)), faint];
"""

# What is wider than the window, or than the box that would have to be scrolled to show it.
TOO_WIDE = """
const root = document.documentElement;
const boxes = [root, ...document.querySelectorAll(".wide, pre, summary, dd, td")];
return boxes.filter((it) => it.scrollWidth > it.clientWidth && getComputedStyle(it).display !== "inline")
  .map((it) => `${it.tagName} is ${it.scrollWidth} in ${it.clientWidth}: ${it.textContent.slice(0, 40)}`);
"""

# Tries a request from the page that is open, and returns its answer, or the name of the error that the page gets.
TRY = """
const [url, options, done] = arguments;
fetch(url, options).then(async (answer) => done([answer.status, await answer.text()]), (error) => done(error.name));
"""

# Sends a form from the page that is open.
SEND_FORM = """
const [action, values] = arguments;
const form = document.createElement("form");
Object.assign(form, {method: "post", action});
for (const [name, value] of Object.entries(values)) {
  form.append(Object.assign(document.createElement("input"), {name, value}));
}
document.body.append(form);
form.submit();
"""


def setUpModule():
    url, screenshots = arguments
    BrowserTest.start(url, screenshots)
    store(BrowserTest)


def store(tests):
    """Stores something of every kind, under names that are markup or long."""
    chime = tests.chime.client()
    tests.account = chime.create_account(Name=HOSTILE)["Account"]["AccountId"]
    chime.create_account(Name=LONG)
    user = chime.create_user(AccountId=tests.account, Username=HOSTILE, Email=f"{LONG}@example.com")["User"]
    tests.user = user["UserId"]
    for name in [HOSTILE, LONG]:
        room = chime.create_room(AccountId=tests.account, Name=name)["Room"]["RoomId"]
        chime.create_room_membership(AccountId=tests.account, RoomId=room, MemberId=tests.user)
    identity = tests.chime.client("chime-sdk-identity")
    instance = identity.create_app_instance(Name=HOSTILE)["AppInstanceArn"]
    ann = identity.create_app_instance_user(AppInstanceArn=instance, AppInstanceUserId="ann", Name=HOSTILE)
    ann = ann["AppInstanceUserArn"]
    messaging = tests.chime.client("chime-sdk-messaging")
    channel = messaging.create_channel(AppInstanceArn=instance, Name=HOSTILE, ChimeBearer=ann)["ChannelArn"]
    for content in [HOSTILE, LONG]:
        messaging.send_channel_message(
            ChannelArn=channel, Content=content, Type="STANDARD", Persistence="PERSISTENT", ChimeBearer=ann
        )
    meetings = tests.chime.client("chime-sdk-meetings")
    meeting = meetings.create_meeting(
        ClientRequestToken="meeting", MediaRegion="us-east-1", ExternalMeetingId="weekly"
    )["Meeting"]["MeetingId"]
    meetings.create_attendee(MeetingId=meeting, ExternalUserId="ann")


class Watching(BrowserTest):
    """The pages show what a program does."""

    def test_a_room_and_its_members_appear(self):
        chime = self.chime.client()
        ada = chime.create_user(AccountId=self.account, Username="ada", Email="ada@example.com")["User"]["UserId"]
        room = chime.create_room(AccountId=self.account, Name="Lobby of the north")["Room"]["RoomId"]
        self.open()
        self.one("nav a", "Rooms").click()
        self.see("Rooms")
        self.one("tr", "Lobby of the north").find_element(By.LINK_TEXT, "Members").click()
        self.see("Room Lobby of the north")
        self.one("dd", room)
        self.one("main p", "There are none.")
        chime.create_room_membership(AccountId=self.account, RoomId=room, MemberId=ada, Role="Administrator")
        self.driver.refresh()
        member = self.one("tbody tr", "ada@example.com")
        self.assertIn(ada, member.text)
        self.assertIn("Administrator", member.text)

    def test_the_log_shows_a_request_when_it_comes(self):
        chime = self.chime.client()
        room = chime.create_room(AccountId=self.account, Name="Log")["Room"]["RoomId"]
        self.chime.forget()
        self.open("log")
        self.one("main code", self.chime.url)
        self.one("[data-state]", "Live")
        self.mark()
        chime.create_room_membership(AccountId=self.account, RoomId=room, MemberId=self.user)
        entry = self.one(".entry", "CreateRoomMembership")
        self.assertEqual(entry.find_element(By.CSS_SELECTOR, ".good").text, "201")
        self.assertEqual(self.all("[data-empty]"), [])
        entry.find_element(By.TAG_NAME, "summary").click()
        self.one(".entry[open] pre", self.user)
        # The newest is on top, and what was opened stays open.
        with self.assertRaises(ClientError):
            chime.get_room(AccountId=self.account, RoomId="none")
        self.one(".entry", "GetRoom")
        first, second = self.all(".entry")
        self.assertEqual(first.find_element(By.CSS_SELECTOR, ".bad").text, "404 NotFoundException")
        self.assertEqual(second.get_attribute("open"), "true")
        self.assert_not_reloaded()

    def test_a_command_is_copied(self):
        self.chime.client().list_rooms(AccountId=self.account)
        self.cdp("Browser.grantPermissions", permissions=["clipboardReadWrite", "clipboardSanitizedWrite"])
        self.open("log")
        self.one("summary", "ListRooms").click()
        button = self.one("[data-copy='Copy as AWS CLI']")
        button.click()
        self.until(lambda: button.text == "Copied", "nothing is copied")
        copied = self.driver.execute_async_script("navigator.clipboard.readText().then(arguments[0])")
        self.assertTrue(copied.startswith(f"aws chime list-rooms --endpoint-url '{self.chime.url}'"), copied)
        self.assertIn(self.account, copied)
        self.until(lambda: button.text == "Copy as AWS CLI", "the button keeps its new text")

    def test_a_pause_ends_with_what_came_during_it(self):
        self.open("log")
        self.one("[data-state]", "Live")
        pause = self.one("[data-pause]")
        pause.click()
        self.assertEqual(pause.get_attribute("aria-pressed"), "true")
        self.one("[data-state]", "Paused")
        self.mark()
        self.chime.client().list_accounts()
        pause.click()
        self.one(".entry", "ListAccounts")
        self.assert_not_reloaded()

    def test_the_overview_counts_along(self):
        requests = "return document.querySelector('.counts dd').textContent"
        self.open()
        self.assertEqual(self.script(requests), "0")
        self.mark()
        self.chime.client().list_accounts()
        self.one("td", "ListAccounts")
        self.assertEqual(self.script(requests), "1")
        self.assert_not_reloaded()

    def test_a_lost_connection_is_said_and_found_again(self):
        self.open("log")
        self.one("[data-state]", "Live")
        self.mark()
        conditions = {"latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
        self.cdp("Network.enable")
        self.cdp("Network.emulateNetworkConditions", offline=True, **conditions)
        try:
            self.one("[data-state]", "Not connected")
            self.chime.client().list_accounts()
        finally:
            self.cdp("Network.emulateNetworkConditions", offline=False, **conditions)
        self.one(".entry", "ListAccounts")
        self.one("[data-state]", "Live")
        self.assert_not_reloaded()
        for error in self.errors():
            self.assertIn("ERR_INTERNET_DISCONNECTED", error)


class Faults(BrowserTest):
    """The form of faults does what it says."""

    def test_a_fault_is_set_and_cleared_with_the_keyboard(self):
        chime = self.chime.client()
        self.open()
        self.tab_to("the skip link", lambda it: it.text == "Skip to the content")
        self.tab_to("the page of faults", lambda it: it.text == "Faults")
        self.press(Keys.ENTER)
        self.see("Faults")
        self.tab_to("the operations", lambda it: it.get_attribute("id") == "only")
        self.press("ListAccounts")
        self.tab_to("the errors", lambda it: it.get_attribute("id") == "fail")
        self.press("ServiceUnavailableException=1")
        self.tab_to("the button", lambda it: it.text == "Set these faults")
        self.press(Keys.ENTER)
        self.one("[role=status]", "Saved.")
        with self.assertRaises(ClientError) as failed:
            chime.list_accounts()
        self.assertEqual(failed.exception.response["Error"]["Code"], "ServiceUnavailableException")
        chime.get_account(AccountId=self.account)
        self.one("nav a", "Overview").click()
        self.one(".note", "Faults are on.")
        self.assertEqual(self.one("dl div", "Failed by a fault").text.split()[-1], "1")
        self.one(".note a").click()
        # The form has what is set.
        self.assertEqual(self.one("#only").get_attribute("value"), "ListAccounts")
        self.assertEqual(self.one("#fail").get_attribute("value"), "ServiceUnavailableException=1")
        self.tab_to("the other button", lambda it: it.text == "Clear all faults")
        self.press(Keys.ENTER)
        self.one("[role=status]", "Saved.")
        self.assertEqual(self.one("#fail").get_attribute("value"), "")
        chime.list_accounts()

    def test_a_wrong_value_changes_nothing_and_is_kept(self):
        self.open("faults")
        before = self.chime.control("faults")
        # The browser does not send what is no probability.
        self.one("#slow").send_keys("2", Keys.ENTER)
        self.assertTrue(self.script("return document.querySelector('#slow').matches(':invalid')"))
        self.assertEqual(self.all(".note"), [])
        self.one("#slow").clear()
        self.one("#fail").send_keys("Oops")
        self.one("button.main").click()
        self.one("[role=alert]", "`Oops` has no `=`")
        self.assertEqual(self.one("#fail").get_attribute("value"), "Oops")
        self.assertEqual(self.chime.control("faults"), before)
        for error in self.errors():
            self.assertIn("status of 400", error)

    def test_it_works_without_javascript(self):
        self.cdp("Emulation.setScriptExecutionDisabled", value=True)
        try:
            self.open("faults")
            self.one("#rate").send_keys("0.01")
            self.one("#burst").send_keys("1")
            self.one("button.main").click()
            self.one("[role=status]", "Saved.")
            self.chime.client().list_accounts()
            with self.assertRaises(ClientError) as throttled:
                self.chime.client().list_accounts()
            self.assertEqual(throttled.exception.response["Error"]["Code"], "ThrottledClientException")
            self.open("log")
            self.one(".entry .slow", "429 ThrottledClientException")
            self.one("[data-state]", "As of when the page was loaded")
            self.assertFalse(self.driver.find_element(By.CSS_SELECTOR, "[data-pause]").is_displayed())
        finally:
            self.cdp("Emulation.setScriptExecutionDisabled", value=False)


class Pages(BrowserTest):
    """What holds for every page."""

    def pages(self):
        """Opens each page that the console links to, one after the other, and the log with everything open."""
        self.chime.client().create_account(Name=HOSTILE)
        for account in [HOSTILE, LONG]:
            with self.assertRaises(ClientError):
                self.chime.client().get_account(AccountId=account)
        self.open()
        waiting = [link.get_attribute("href") for link in self.all("nav a")]
        # All lists, and what has members, messages or attendees.
        self.assertEqual(len(waiting), 9)
        opened = set()
        while waiting:
            url = waiting.pop(0)
            if url in opened:
                continue
            opened.add(url)
            self.driver.get(url)
            self.script("for (const entry of document.querySelectorAll('details')) entry.open = true")
            yield url.removeprefix(f"{self.chime.url}/_chime/").removeprefix("console/").split("?")[0]
            waiting += [link.get_attribute("href") for link in self.all("td a")]

    def test_what_is_stored_is_shown_as_text(self):
        shown = set()
        for name in self.pages():
            with self.subTest(page=name):
                text = self.one("main").text
                if HOSTILE in text or json.dumps(HOSTILE) in text:
                    shown.add(name)
                self.assertEqual(self.all("main script, main img, [onerror]"), [])
                self.assertEqual(self.driver.title, f"{self.one('h1').text} – local Chime")
        self.assertEqual(shown, {"accounts", "users", "log", "rooms", "room", "channels", "channel"})

    def test_what_comes_into_the_log_is_shown_as_text(self):
        self.open("log")
        title = self.driver.title
        self.one("[data-state]", "Live")
        self.mark()
        self.chime.client().create_account(Name=HOSTILE)
        self.one("summary", "CreateAccount").click()
        self.one(".entry[open] pre", json.dumps(HOSTILE))
        self.assertEqual(self.all("main script, main img, [onerror]"), [])
        self.assertEqual(self.driver.title, title)
        self.assert_not_reloaded()

    def test_nothing_is_wider_than_a_narrow_window(self):
        self.cdp("Emulation.setDeviceMetricsOverride", width=390, height=844, deviceScaleFactor=1, mobile=False)
        for name in self.pages():
            with self.subTest(page=name):
                self.assertEqual(self.script("return innerWidth"), 390)
                self.assertEqual(self.script(TOO_WIDE), [])

    def test_texts_stand_out_in_light_and_dark(self):
        for scheme in ["light", "dark"]:
            features = [{"name": "prefers-color-scheme", "value": scheme}]
            self.cdp("Emulation.setEmulatedMedia", features=features)
            for name in self.pages():
                with self.subTest(scheme=scheme, page=name):
                    count, ground, faint = self.script(FAINT)
                    self.assertGreater(count, 10)
                    self.assertEqual("light" if ground > 0.8 else "dark" if ground < 0.05 else ground, scheme)
                    self.assertEqual(faint, [])


class OtherSites(BrowserTest):
    """A page of another site changes and learns nothing."""

    def setUp(self):
        super().setUp()
        # What such a page may want to know, or to change.
        self.chime.client().list_accounts()
        self.chime.control("faults", "PUT", {"only": ["CreateBot"], "latency-ms": 5})
        self.before = [self.chime.control(name) for name in ["faults", "requests", "tables"]]

    def assert_unchanged(self):
        after = [self.chime.control(name) for name in ["faults", "requests", "tables"]]
        self.assertEqual(after, self.before)

    def sites(self):
        """Opens a page of another origin on this machine: of another site, then of the same."""
        with Site() as port:
            for host in ["localhost", "127.0.0.1"]:
                self.driver.get(f"http://{host}:{port}/")
                self.see("Another site")
                yield

    def test_their_forms_are_refused(self):
        for name, values in [("faults", {"latency-ms": "60000"}), ("log/clear", {}), ("faults/clear", {})]:
            for _ in self.sites():
                self.script(SEND_FORM, f"{self.chime.url}/_chime/console/{name}", values)
                self.see("Not allowed")
                self.one("main p", "a page of another site")
                self.assert_unchanged()
                for error in self.errors():
                    self.assertIn("status of 403", error)

    def test_their_requests_are_refused(self):
        form = {"method": "POST", "mode": "no-cors", "body": "latency-ms=60000"}
        form["headers"] = {"Content-Type": "application/x-www-form-urlencoded"}
        for _ in self.sites():
            for name, options, expected in [
                ("console/faults", form, "BLOCKED_BY_RESPONSE"),
                ("console/log/clear", {"method": "POST", "mode": "no-cors"}, "BLOCKED_BY_RESPONSE"),
                # The browser asks whether it may send these.
                ("faults", {"method": "PUT", "body": '{"latency-ms": 60000}'}, "preflight"),
                ("requests", {"method": "DELETE"}, "preflight"),
                # These are answered, but the page does not see it.
                ("requests", {}, "Access-Control-Allow-Origin"),
                ("tables", {"mode": "no-cors"}, "BLOCKED_BY_RESPONSE"),
            ]:
                answer = self.driver.execute_async_script(TRY, f"{self.chime.url}/_chime/{name}", options)
                self.assertEqual(answer, "TypeError", name)
                self.assertIn(expected, " ".join(self.errors()), name)
                self.assert_unchanged()

    def test_they_cannot_frame_it(self):
        for _ in self.sites():
            self.script(
                "document.body.append(Object.assign(document.createElement('iframe'), {src: arguments[0]}))",
                f"{self.chime.url}/_chime/",
            )
            error = self.until(lambda: " ".join(self.errors()), "the frame is shown")
            self.assertIn("frame-ancestors", error)

    def test_a_name_that_points_here_is_no_way_in(self):
        port = self.chime.url.rsplit(":", 1)[-1]
        self.driver.get(f"http://{REBOUND}:{port}/_chime/")
        self.see("Not allowed")
        self.one("main p", f"the host {REBOUND}:{port} is not where the local Chime is served")
        for name, options in [("requests", {}), ("faults", {"method": "PUT", "body": '{"latency-ms": 60000}'})]:
            status, _ = self.driver.execute_async_script(TRY, f"/_chime/{name}", options)
            self.assertEqual(status, 403)
        self.assert_unchanged()
        # Nor does the page get its style.
        for error in self.errors():
            self.assertIn(f"http://{REBOUND}:{port}/_chime/", error)


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    arguments = sys.argv[1:3]
    runner = unittest.TextTestRunner(resultclass=Result, verbosity=2)
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]], testRunner=runner)
