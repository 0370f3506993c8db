//! Names of resources.

/// The AWS account that the local Chime belongs to.
pub(crate) const AWS_ACCOUNT: &str = "000000000000";

/// Returns the ARN of a resource, such as `app-instance/ID`.
pub(crate) fn arn(region: &str, resource: &str) -> String {
    format!("arn:aws:chime:{region}:{AWS_ACCOUNT}:{resource}")
}

/// Returns the resource of an ARN, such as `app-instance/ID`; `None` if it is no ARN.
pub(crate) fn resource(arn: &str) -> Option<&str> {
    let mut parts = arn.splitn(6, ':');
    (parts.next()? == "arn").then_some(())?;
    parts.nth(4).filter(|resource| !resource.is_empty())
}

/// Returns the ID that follows a kind of resource in an ARN: for `user`, the last part of
/// `…:app-instance/ID/user/ID`.
pub(crate) fn id_of<'a>(arn: &'a str, kind: &str) -> Option<&'a str> {
    let mut parts = resource(arn)?.split('/');
    while let Some(part) = parts.next() {
        let id = parts.next()?;
        if part == kind {
            return Some(id).filter(|id| !id.is_empty());
        }
    }
    None
}

/// Returns the ARN of the app instance that a resource belongs to.
pub(crate) fn app_instance(arn: &str) -> Option<&str> {
    let id = resource(arn)?.strip_prefix("app-instance/")?;
    let rest = id.find('/').map_or(0, |end| id.len() - end);
    (rest < id.len()).then(|| &arn[..arn.len() - rest])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn app_instances_of_arns() {
        let instance = arn("us-east-1", "app-instance/a");
        for resource in ["app-instance/a", "app-instance/a/user/b:c/d"] {
            assert_eq!(app_instance(&arn("us-east-1", resource)), Some(&*instance));
        }
        for resource in ["app-instance/", "app-instance//user/b", "meeting/a"] {
            assert_eq!(
                app_instance(&arn("us-east-1", resource)),
                None,
                "{resource}"
            );
        }
    }

    #[test]
    fn parts_of_arns() {
        let user = arn("eu-central-1", "app-instance/a/user/b");
        assert_eq!(
            user,
            "arn:aws:chime:eu-central-1:000000000000:app-instance/a/user/b"
        );
        assert_eq!(resource(&user), Some("app-instance/a/user/b"));
        assert_eq!(id_of(&user, "app-instance"), Some("a"));
        assert_eq!(id_of(&user, "user"), Some("b"));
        for (text, kind) in [
            (user.as_str(), "channel"),
            ("arn:aws:chime:us-east-1:1:user", "user"),
            ("arn:aws:chime:us-east-1:1:user/", "user"),
            ("arn:aws", "user"),
            ("", ""),
        ] {
            assert_eq!(id_of(text, kind), None, "{text}");
        }
    }
}
