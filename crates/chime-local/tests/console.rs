//! The pages under `/_chime/`, over HTTP.

mod common;

use chime_local::Server;
use common::{over_socket, send};

const SCRIPT: &str = "<script>alert(1)</script>";

async fn get(server: &Server, path: &str) -> String {
    let (status, answer) = send(server, "GET", path, &[], "").await;
    assert_eq!(status, 200, "{path}: {answer}");
    answer
}

/// Returns the first link of a page that contains a text.
fn link(page: &str, text: &str) -> String {
    let mut links = page.split("href=\"").skip(1);
    let link = links.find_map(|rest| rest.split('"').next().filter(|it| it.contains(text)));
    link.expect("a link").replace("&amp;", "&")
}

/// Starts a server with something of everything, and returns the pages that show what is stored.
async fn filled() -> (Server, Vec<String>) {
    let server = Server::start(0).await.expect("a free port");
    let sample = server.chime().populate(3);
    let client = over_socket(&server);
    let account = &sample.account_id;
    let room = client.create_room().account_id(account).name(SCRIPT);
    let room = room.send().await.expect("a room").room.expect("a room");
    let room = room.room_id().expect("an ID").to_owned();
    let member = client.create_room_membership().account_id(account);
    let member = member.room_id(&room).member_id(&sample.user_ids[0]);
    member.send().await.expect("a member");
    let instance = post(
        &server,
        "/app-instances",
        &[],
        r#"{"Name":"App","ClientRequestToken":"t0"}"#,
    )
    .await;
    let instance = instance["AppInstanceArn"]
        .as_str()
        .expect("an ARN")
        .to_owned();
    let user = format!(
        r#"{{"AppInstanceArn":"{instance}","AppInstanceUserId":"ann","Name":"Ann","ClientRequestToken":"t1"}}"#
    );
    let user = post(&server, "/app-instance-users", &[], &user).await;
    let user = user["AppInstanceUserArn"]
        .as_str()
        .expect("an ARN")
        .to_owned();
    let bearer = [("x-amz-chime-bearer", user.as_str())];
    let channel =
        format!(r#"{{"AppInstanceArn":"{instance}","Name":"{SCRIPT}","ClientRequestToken":"t2"}}"#);
    let channel = post(&server, "/channels", &bearer, &channel).await;
    let channel = channel["ChannelArn"].as_str().expect("an ARN").to_owned();
    let message = format!(
        r#"{{"Content":"hello {SCRIPT}","Type":"STANDARD","Persistence":"PERSISTENT","ClientRequestToken":"t3"}}"#
    );
    post(
        &server,
        &format!("/channels/{}/messages", channel.replace('/', "%2F")),
        &bearer,
        &message,
    )
    .await;
    let meeting =
        r#"{"ClientRequestToken":"t4","MediaRegion":"us-east-1","ExternalMeetingId":"weekly"}"#;
    let meeting = post(
        &server,
        "/meetings",
        &[("User-Agent", "api/chimesdkmeetings#1.0")],
        meeting,
    )
    .await;
    let meeting = meeting["Meeting"]["MeetingId"]
        .as_str()
        .expect("an ID")
        .to_owned();
    let attendees = format!("/meetings/{meeting}/attendees");
    post(&server, &attendees, &[], r#"{"ExternalUserId":"bob"}"#).await;
    let query = |pairs: &[(&str, &str)]| -> String {
        let pairs = pairs.iter().map(|(name, value)| format!("{name}={value}"));
        pairs.collect::<Vec<_>>().join("&")
    };
    let pages = vec![
        format!(
            "room?{}",
            query(&[("AccountId", account), ("RoomId", &room)])
        ),
        format!(
            "channel?{}",
            query(&[("AppInstanceArn", &instance), ("ChannelArn", &channel)])
        ),
        format!("meeting?{}", query(&[("MeetingId", &meeting)])),
    ];
    (server, pages)
}

async fn post(
    server: &Server,
    path: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> serde_json::Value {
    let (status, answer) = send(server, "POST", path, headers, body).await;
    assert!((200..300).contains(&status), "{path}: {answer}");
    let (_, body) = answer.split_once("\r\n\r\n").expect("a body");
    serde_json::from_str(body).expect("JSON")
}

#[tokio::test]
async fn each_page_answers_and_shows_text_as_text() {
    let (server, details) = filled().await;
    let lists = [
        "",
        "log",
        "faults",
        "accounts",
        "users",
        "rooms",
        "channels",
        "meetings",
        "phone-numbers",
    ];
    let mut shown = 0;
    for name in lists.iter().map(|name| (*name).to_owned()).chain(details) {
        let path = match name.as_str() {
            "" => "/_chime/".to_owned(),
            name => format!("/_chime/console/{name}"),
        };
        let page = get(&server, &path).await;
        let lower = page.to_lowercase();
        assert!(
            lower.contains("content-type: text/html; charset=utf-8"),
            "{page}"
        );
        assert!(
            lower.contains("content-security-policy: default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'\r\n"),
            "{page}"
        );
        assert!(lower.contains("x-content-type-options: nosniff"), "{page}");
        assert!(!lower.contains("access-control-"), "{page}");
        assert!(page.contains("<h1>") && page.ends_with("</html>"), "{page}");
        assert!(!page.contains("<script>"), "{page}");
        assert!(
            !page.contains("style=\"") && !page.contains("onclick"),
            "{page}"
        );
        if page.contains("&lt;script&gt;alert(1)&lt;/script&gt;") {
            shown += 1;
        }
    }
    // The lists of rooms and channels, and the pages of one of each.
    assert_eq!(shown, 4);
    for (name, kind) in [
        ("console.js", "text/javascript"),
        ("console.css", "text/css"),
        ("icon.svg", "image/svg+xml"),
    ] {
        let answer = get(&server, &format!("/_chime/console/{name}")).await;
        assert!(
            answer
                .to_lowercase()
                .contains(&format!("content-type: {kind}")),
            "{answer}"
        );
    }
}

#[tokio::test]
async fn pages_show_what_belongs_together() {
    let (server, details) = filled().await;
    let mut pages = Vec::new();
    for name in &details {
        pages.push(get(&server, &format!("/_chime/console/{name}")).await);
    }
    assert!(pages[0].contains("Members</h2>"), "{}", pages[0]);
    assert!(pages[0].contains("@"), "{}", pages[0]);
    assert!(pages[1].contains("hello &lt;script&gt;"), "{}", pages[1]);
    assert!(
        pages[1].contains("app-instance/") && pages[1].contains("user/ann"),
        "{}",
        pages[1]
    );
    assert!(pages[2].contains("weekly"), "{}", pages[2]);
    assert!(pages[2].contains(">bob</td>"), "{}", pages[2]);
    assert!(!pages[2].contains("JoinToken"), "{}", pages[2]);
    let overview = get(&server, "/_chime/").await;
    assert!(
        overview.contains("<svg") && overview.contains("CreateRoom"),
        "{overview}"
    );
    // The links lead to the pages.
    let rooms = get(&server, "/_chime/console/rooms").await;
    let room = get(&server, &link(&rooms, "/room?")).await;
    assert!(room.contains("<h1>Room "), "{room}");
}

#[tokio::test]
async fn lists_have_pages() {
    let server = Server::start(0).await.expect("a free port");
    let sample = server.chime().populate(150);
    let first = get(&server, "/_chime/console/users").await;
    assert!(first.contains(&sample.user_ids[0]) && !first.contains(&sample.user_ids[100]));
    let rest = get(&server, &link(&first, "after=")).await;
    assert!(!rest.contains(&sample.user_ids[0]) && rest.contains(&sample.user_ids[100]));
    let none = get(&server, "/_chime/console/users?AccountId=nobody").await;
    assert!(none.contains("There are none."), "{none}");
    for (path, expected) in [
        ("users?after=AAAA", 400),
        ("users?after=%00", 400),
        ("room", 400),
        ("room?AccountId=a&RoomId=b", 404),
    ] {
        let (status, answer) =
            send(&server, "GET", &format!("/_chime/console/{path}"), &[], "").await;
        assert_eq!(status, expected, "{answer}");
        assert!(answer.contains("<h1>"), "{answer}");
    }
}

#[tokio::test]
async fn unknown_pages_are_not_found() {
    let server = Server::start(0).await.expect("a free port");
    let (status, page) = send(&server, "GET", "/_chime/console/%3Cb%3Enothing", &[], "").await;
    assert_eq!(status, 404);
    assert!(
        page.contains("<h1>Not found</h1>") && page.contains("console.css"),
        "{page}"
    );
    assert!(!page.contains("<b>nothing"), "{page}");
    let html = [("Accept", "text/html,*/*")];
    let (status, page) = send(&server, "GET", "/_chime/nothing", &html, "").await;
    assert_eq!(status, 404);
    assert!(page.contains("<h1>Not found</h1>"), "{page}");
    // Programs get JSON.
    let (status, answer) = send(&server, "GET", "/_chime/nothing", &[], "").await;
    assert_eq!(status, 404);
    assert!(answer.contains("application/json"), "{answer}");
    let (status, _) = send(&server, "POST", "/_chime/console/rooms", &[], "").await;
    assert_eq!(status, 405);
}

#[tokio::test]
async fn foreign_hosts_and_origins_are_refused() {
    let server = Server::start(0).await.expect("a free port");
    for path in [
        "/_chime/",
        "/_chime/console/rooms",
        "/_chime/requests",
        "/_chime/tables",
    ] {
        for host in ["evil.example", "127.0.0.1.evil.example", "10.1.2.3"] {
            let (status, answer) = send(&server, "GET", path, &[("Host", host)], "").await;
            assert_eq!(status, 403, "{path} {host}: {answer}");
            assert!(answer.contains(host), "{answer}");
        }
        for host in ["localhost:1", "127.0.0.1", "[::1]:8080"] {
            let (status, answer) = send(&server, "GET", path, &[("Host", host)], "").await;
            assert_eq!(status, 200, "{path} {host}: {answer}");
        }
    }
    let own = server.url();
    let faults = "latency-ms=1";
    for (header, expected) in [
        (("Origin", "https://evil.example"), 403),
        (("Origin", "null"), 403),
        (("Origin", "http://localhost:3000"), 403),
        (("Sec-Fetch-Site", "cross-site"), 403),
        (("Origin", own.as_str()), 303),
        (("Sec-Fetch-Site", "same-origin"), 303),
        (("X", "y"), 303),
    ] {
        server.chime().clear_faults();
        let path = "/_chime/console/faults";
        let (status, answer) = send(&server, "POST", path, &[header], faults).await;
        assert_eq!(status, expected, "{header:?}: {answer}");
        assert_eq!(server.chime().faults().is_off(), expected == 403);
        let (status, _) = send(&server, "DELETE", "/_chime/faults", &[header], "").await;
        assert_eq!(status == 403, expected == 403, "{header:?}");
    }
    // Chime itself is for any host, as clients set their own.
    let hosts = [
        ("Host", "service.chime.aws.amazon.com"),
        ("Origin", "https://app.example"),
    ];
    let (status, answer) = send(&server, "POST", "/accounts", &hosts, r#"{"Name":"x"}"#).await;
    assert_eq!(status, 201, "{answer}");
}

#[tokio::test]
async fn a_fault_of_the_form_applies_to_the_next_call() {
    let server = Server::start(0).await.expect("a free port");
    let client = over_socket(&server);
    let path = "/_chime/console/faults";
    let form = "only=CreateAccount%2C+GetRoom&fail=ServiceUnavailableException%3D1%0D%0A&refuse=*7%3DThrottled%3A2&rate=&latency-ms=1";
    let (status, answer) = send(&server, "POST", path, &[], form).await;
    assert_eq!(status, 303, "{answer}");
    let error = client
        .create_account()
        .name("x")
        .send()
        .await
        .expect_err("a fault");
    let error = error.into_service_error();
    assert!(error.is_service_unavailable_exception(), "{error:?}");
    // The form has what is set, and sets the same again.
    let page = get(&server, "/_chime/console/faults?saved").await;
    for expected in [
        "value=\"CreateAccount, GetRoom\"",
        ">ServiceUnavailableException=1</textarea>",
        ">*7=Throttled:2</textarea>",
        "aria-describedby=\"rate-help\"",
        "Saved.",
    ] {
        assert!(page.contains(expected), "{expected}: {page}");
    }
    let overview = get(&server, "/_chime/").await;
    assert!(overview.contains("Faults are on."), "{overview}");
    let before = server.chime().faults();
    for (form, expected) in [
        ("slow=2", "slow is 2; a probability is from 0"),
        ("rate=fast", "rate is `fast`, which is no number"),
        ("fail=Oops", "`Oops` has no `=`"),
        ("only=%3Cscript%3E", "only[0] is `&lt;script&gt;`"),
    ] {
        let (status, page) = send(&server, "POST", path, &[], form).await;
        assert_eq!(status, 400, "{page}");
        assert!(page.contains(expected), "{expected}: {page}");
        assert_eq!(server.chime().faults(), before);
    }
    let (status, _) = send(&server, "POST", &format!("{path}/clear"), &[], "").await;
    assert_eq!(status, 303);
    assert!(server.chime().faults().is_off());
    client
        .create_account()
        .name("x")
        .send()
        .await
        .expect("an account");
}

#[tokio::test]
async fn the_log_shows_calls() {
    let (server, _) = filled().await;
    let page = get(&server, "/_chime/console/log").await;
    for expected in [
        "<b>CreateRoom</b>",
        "class=\"good\">201</span>",
        "(hidden)",
        "aws chime create-room --endpoint-url",
        "--cli-input-json",
        ".create_room()",
        "// client: chime_sdk_messaging::Client",
        ".chime_bearer(",
    ] {
        assert!(page.contains(expected), "{expected}: {page}");
    }
    assert!(!page.contains("alert(1)"), "{page}");
    let requests = server.chime().requests();
    let before = requests.last().expect("a request").number;
    let read = async |path: String| get(&server, &path).await;
    let none = read(format!("/_chime/requests?after={before}")).await;
    assert!(none.ends_with("\r\n\r\n[]"), "{none}");
    post(&server, "/accounts", &[], r#"{"Name":"x"}"#).await;
    let new = read(format!("/_chime/requests?after={before}")).await;
    assert!(
        new.contains("\"CreateAccount\"") && !new.contains("CreateRoom"),
        "{new}"
    );
    let rows = read(format!("/_chime/console/log/rows?after={before}")).await;
    assert!(
        rows.contains("<b>CreateAccount</b>") && !rows.contains("CreateRoom"),
        "{rows}"
    );
    assert!(
        rows.contains(&format!("data-last=\"{}\"", before + 1)),
        "{rows}"
    );
    let (status, _) = send(&server, "GET", "/_chime/requests?after=x", &[], "").await;
    assert_eq!(status, 400);
    let (status, _) = send(&server, "POST", "/_chime/console/log/clear", &[], "").await;
    assert_eq!(status, 303);
    assert!(server.chime().requests().is_empty());
}
