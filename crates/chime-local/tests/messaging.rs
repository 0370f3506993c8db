//! Identity and messaging: what depends on time, and what happens when many take part.

use bytes::Bytes;
use chime_local::{Chime, Clock};
use http::Request;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};
use std::time::{Duration, UNIX_EPOCH};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// A Chime with an app instance, and a clock.
struct World {
    chime: Chime,
    clock: Clock,
    instance: String,
}

/// Returns a text as it is in paths.
fn label(text: &str) -> String {
    utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
}

impl World {
    fn new() -> Self {
        let clock = Clock::manual(UNIX_EPOCH + 20_000 * DAY);
        let chime = Chime::builder().clock(clock.clone()).seed(7).build();
        let mut world = Self {
            chime: chime.expect("a Chime"),
            clock,
            instance: String::new(),
        };
        let body = json!({"Name": "shop", "ClientRequestToken": "instance"});
        let answer = world.done("", "POST", "/app-instances", &body);
        world.instance = answer["AppInstanceArn"]
            .as_str()
            .expect("an ARN")
            .to_owned();
        world
    }

    /// Makes a request for someone, and returns the status and the answer.
    fn ask(&self, who: &str, method: &str, uri: &str, body: &Value) -> (u16, Value) {
        let body = match method {
            "GET" | "DELETE" => Bytes::new(),
            _ => Bytes::from(body.to_string()),
        };
        let request = Request::builder()
            .method(method)
            .uri(uri)
            .header("x-amz-chime-bearer", self.user(who));
        let response = self.chime.answer(&request.body(body).expect("a request"));
        let answer = match response.body().is_empty() {
            true => Value::Null,
            false => serde_json::from_slice(response.body()).expect("JSON"),
        };
        (response.status().as_u16(), answer)
    }

    /// Makes a request that succeeds.
    fn done(&self, who: &str, method: &str, uri: &str, body: &Value) -> Value {
        let (status, answer) = self.ask(who, method, uri, body);
        assert!(status < 300, "{method} {uri}: {status} {answer}");
        answer
    }

    fn status(&self, who: &str, method: &str, uri: &str) -> u16 {
        self.ask(who, method, uri, &json!({})).0
    }

    fn user(&self, id: &str) -> String {
        format!("{}/user/{id}", self.instance)
    }

    fn add_user(&self, id: &str) {
        let body = json!({
            "AppInstanceArn": self.instance,
            "AppInstanceUserId": id,
            "Name": id,
            "ClientRequestToken": format!("user-{id}"),
        });
        self.done("", "POST", "/app-instance-users", &body);
    }

    /// Creates a channel, and returns its path.
    fn add_channel(&self, who: &str, id: &str, more: &Value) -> String {
        let mut body = json!({
            "AppInstanceArn": self.instance,
            "ChannelId": id,
            "Name": id,
            "ClientRequestToken": format!("channel-{id}"),
        });
        let more = more.as_object().expect("an object").clone();
        body.as_object_mut().expect("an object").extend(more);
        let answer = self.done(who, "POST", "/channels", &body);
        let arn = answer["ChannelArn"].as_str().expect("an ARN");
        format!("/channels/{}", label(arn))
    }

    fn send(&self, who: &str, channel: &str, text: &str) -> String {
        let body = json!({
            "Content": text,
            "Type": "STANDARD",
            "Persistence": "PERSISTENT",
            "ClientRequestToken": format!("send-{text}"),
        });
        let answer = self.done(who, "POST", &format!("{channel}/messages"), &body);
        answer["MessageId"].as_str().expect("an ID").to_owned()
    }

    fn texts(&self, who: &str, uri: &str) -> Vec<String> {
        let answer = self.done(who, "GET", uri, &json!({}));
        let messages = answer["ChannelMessages"].as_array().expect("a list");
        let texts = messages.iter().filter_map(|it| it["Content"].as_str());
        texts.map(str::to_owned).collect()
    }
}

#[test]
fn users_and_channels_expire() {
    let world = World::new();
    world.add_user("ann");
    world.add_user("bob");
    let bob = format!("/app-instance-users/{}", label(&world.user("bob")));
    let after = |days: u8, criterion: &str| json!({"ExpirationSettings": {"ExpirationDays": days, "ExpirationCriterion": criterion}});
    let settings = after(2, "CREATED_TIMESTAMP");
    world.done("", "PUT", &format!("{bob}/expiration-settings"), &settings);
    let old = world.add_channel("ann", "old", &after(3, "CREATED_TIMESTAMP"));
    let used = world.add_channel("ann", "used", &after(3, "LAST_MESSAGE_TIMESTAMP"));
    let bob_too = json!({"MemberArn": world.user("bob"), "Type": "DEFAULT"});
    world.done("ann", "POST", &format!("{used}/memberships"), &bob_too);

    world.clock.advance(DAY);
    world.send("bob", &used, "still-here");
    assert_eq!(world.status("", "GET", &bob), 200);
    world.clock.advance(DAY);
    assert_eq!(world.status("", "GET", &bob), 403);
    // Who does not exist any more has no part in a channel.
    assert_eq!(world.status("bob", "GET", &used), 403);
    world.clock.advance(DAY);
    assert_eq!(world.status("ann", "GET", &old), 403);
    assert_eq!(world.status("ann", "GET", &used), 200);
    world.clock.advance(DAY);
    assert_eq!(world.status("ann", "GET", &used), 403);

    // What expired makes way for a new one, which has nothing of the old one.
    let again = world.add_channel("ann", "used", &json!({"ClientRequestToken": "again"}));
    assert_eq!(world.texts("ann", &format!("{again}/messages")), [""; 0]);
}

#[test]
fn old_messages_are_not_retained() {
    let world = World::new();
    world.add_user("ann");
    let channel = world.add_channel("ann", "ops", &json!({}));
    let messages = format!("{channel}/messages");
    let first = world.send("ann", &channel, "first");
    world.clock.advance(5 * DAY);
    world.send("ann", &channel, "second");
    let retention = format!(
        "/app-instances/{}/retention-settings",
        label(&world.instance)
    );
    let keep = |settings: Value| {
        let body = json!({"AppInstanceRetentionSettings": {"ChannelRetentionSettings": settings}});
        world.done("", "PUT", &retention, &body);
    };
    keep(json!({"RetentionDays": 4}));
    assert_eq!(world.texts("ann", &messages), ["second"]);
    assert_eq!(
        world.status("ann", "GET", &format!("{messages}/{first}")),
        404
    );
    keep(json!({}));
    assert_eq!(world.texts("ann", &messages), ["second", "first"]);
}

#[test]
fn messages_are_listed_by_time() {
    let world = World::new();
    world.add_user("ann");
    let channel = world.add_channel("ann", "ops", &json!({}));
    for text in ["one", "two", "three"] {
        world.send("ann", &channel, text);
        world.clock.advance(DAY);
    }
    // The clock started 20,000 days after the epoch: on 2024-10-04.
    let list = |query: &str| world.texts("ann", &format!("{channel}/messages?{query}"));
    assert_eq!(list(""), ["three", "two", "one"]);
    assert_eq!(list("sort-order=ASCENDING"), ["one", "two", "three"]);
    assert_eq!(list("not-before=2024-10-05T00:00:00Z"), ["three", "two"]);
    assert_eq!(list("not-after=2024-10-05T00:00:00Z"), ["two", "one"]);
    let early = "not-after=2024-10-04T00:00:00Z&not-before=2024-10-05T00:00:00Z";
    assert_eq!(
        world.status("ann", "GET", &format!("{channel}/messages?{early}")),
        400
    );
}

#[test]
fn members_of_small_sub_channels_move() {
    let world = World::new();
    for id in ["ann", "a", "b", "c", "d", "e", "f"] {
        world.add_user(id);
    }
    let elastic = json!({"ElasticChannelConfiguration": {
        "MaximumSubChannels": 3,
        "TargetMembershipsPerSubChannel": 5,
        "MinimumMembershipPercentage": 40,
    }});
    let channel = world.add_channel("ann", "live", &elastic);
    let arns: Vec<_> = ["a", "b", "c", "d", "e", "f"]
        .map(|id| world.user(id))
        .into();
    let batch = format!("{channel}/memberships?operation=batch-create");
    world.done("ann", "POST", &batch, &json!({"MemberArns": arns}));
    let counts = || {
        let list = world.done("ann", "GET", &format!("{channel}/subchannels"), &json!({}));
        let list = list["SubChannels"].as_array().expect("a list").clone();
        let counts = list.iter().map(|it| it["MembershipCount"].as_i64());
        counts.collect::<Option<Vec<_>>>().expect("counts")
    };
    assert_eq!(counts(), [5, 1]);
    world.send("a", &channel, "hello");
    assert_eq!(world.texts("b", &format!("{channel}/messages")), ["hello"]);
    assert_eq!(world.texts("f", &format!("{channel}/messages")), [""; 0]);

    // With room elsewhere, a sub-channel below 40 % of five members is given up.
    let member = |id: &str| format!("{channel}/memberships/{}", label(&world.user(id)));
    world.done("b", "DELETE", &member("b"), &json!({}));
    assert_eq!(counts(), [4, 1]);
    world.done(
        "ann",
        "POST",
        &format!("{channel}/memberships"),
        &json!({
            "MemberArn": world.user("b"), "Type": "DEFAULT",
        }),
    );
    assert_eq!(counts(), [5, 1]);
    for id in ["a", "c", "d", "e"] {
        world.done("ann", "DELETE", &member(id), &json!({}));
    }
    assert_eq!(counts(), [2]);
    let described = world.done("ann", "GET", &member("f"), &json!({}));
    let list = world.done("ann", "GET", &format!("{channel}/subchannels"), &json!({}));
    assert_eq!(
        described["ChannelMembership"]["SubChannelId"],
        list["SubChannels"][0]["SubChannelId"]
    );
}

#[test]
fn a_batch_has_a_hundred_members_at_most() {
    let world = World::new();
    world.add_user("ann");
    let ids: Vec<String> = (0..101).map(|i| format!("u{i:03}")).collect();
    for id in &ids {
        world.add_user(id);
    }
    let channel = world.add_channel("ann", "ops", &json!({}));
    let batch = format!("{channel}/memberships?operation=batch-create");
    let arns: Vec<_> = ids.iter().map(|id| world.user(id)).collect();
    let (status, _) = world.ask("ann", "POST", &batch, &json!({"MemberArns": arns}));
    assert_eq!(status, 400);
    let answer = world.done("ann", "POST", &batch, &json!({"MemberArns": arns[..100]}));
    let members = &answer["BatchChannelMemberships"]["Members"];
    assert_eq!(members.as_array().map(Vec::len), Some(100));
    let again = world.done("ann", "POST", &batch, &json!({"MemberArns": arns[..100]}));
    let errors = again["Errors"].as_array().expect("a list");
    assert_eq!(errors.len(), 100);
    assert!(errors.iter().all(|it| it["ErrorCode"] == "Conflict"));

    // A deleted user is no member any more.
    let user = format!("/app-instance-users/{}", label(&arns[0]));
    world.done("", "DELETE", &user, &json!({}));
    let uri = format!("{channel}/memberships?max-results=50");
    let mut count = 0;
    let mut next = String::new();
    loop {
        let page = world.done("ann", "GET", &format!("{uri}{next}"), &json!({}));
        count += page["ChannelMemberships"].as_array().map_or(0, Vec::len);
        match page["NextToken"].as_str() {
            Some(token) => next = format!("&next-token={}", label(token)),
            None => break,
        }
    }
    assert_eq!(count, 100);
}
