//! The command over HTTPS, with a trusted and an untrusted certificate.

mod common;

use common::{Local, run, with_tls};

#[test]
fn members_are_added_over_https_if_the_certificate_is_trusted() {
    let local = Local::start();
    let (url, certificate) = local.block_on(with_tls(local.address()));
    let room = local.room(120);
    let add = |trusted: &str| {
        let mut command = room.add_at(&url, &room.csv, &["--max-tries", "1"]);
        command.env("SSL_CERT_FILE", trusted);
        command.env_remove("SSL_CERT_DIR");
        run(&mut command)
    };
    let said = add(&local.write("trusted.pem", &certificate));
    assert_eq!((said.code, said.count("added")), (Some(0), 120), "{said:?}");
    assert_eq!(room.members(), room.sample.user_ids);

    let (_, another) = local.block_on(with_tls(local.address()));
    let said = add(&local.write("another.pem", &another));
    assert_eq!((said.code, said.count("added")), (Some(1), 0), "{said:?}");
    // Without a connection, nothing was sent, and the command knows it.
    assert_eq!(said.count("unknown"), 0, "{said:?}");
    assert!(said.out.contains("certificate"), "{said:?}");
}
