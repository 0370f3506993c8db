//! Sample data, added to the store without requests.

use super::Store;
use super::accounts::Account;
use super::rooms::Room;
use super::users::User;

/// An account with a room and users.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sample {
    /// The account, of type Enterprise.
    pub account_id: String,
    /// The room in the account, without members.
    pub room_id: String,
    /// The users of the account.
    pub user_ids: Vec<String>,
}

/// Returns an ID in the usual form that is the same in each run.
fn id(kind: u16, number: u64) -> String {
    format!("00000000-0000-4000-8{kind:03}-{number:012}")
}

impl Store {
    pub(crate) fn populate(&mut self, users: usize) -> Sample {
        self.sampled += 1;
        let mut account = Account::new(
            id(1, self.sampled),
            format!("Sample account {}", self.sampled),
        );
        let room_id = id(2, self.sampled);
        let room = Room::new(room_id.clone(), format!("Sample room {}", self.sampled));
        let sample = Sample {
            account_id: account.id.clone(),
            room_id,
            user_ids: (1..=users)
                .map(|_| {
                    self.sampled_users += 1;
                    let number = self.sampled_users;
                    let user = User::new(
                        id(0, number),
                        &account,
                        format!("user-{number}@sample.invalid"),
                        Some(format!("User {number}")),
                        "PrivateUser",
                    );
                    let user_id = user.id.clone();
                    account.users.insert(user_id.clone(), user);
                    user_id
                })
                .collect(),
        };
        account.rooms.insert(sample.room_id.clone(), room);
        self.accounts.insert(sample.account_id.clone(), account);
        sample
    }
}
