//! Pools of Kinesis video streams.
//!
//! A pool is `CREATING`, `UPDATING` or `DELETING` for a second, and `ACTIVE` otherwise. It need not be waited for:
//! all but a pool that is being deleted can be used and changed.

use super::checks;
use super::life::STEP;
use super::pipelines::{self, BY_KIND, PIPELINES, STREAM};
use crate::document::{Doc, object};
use crate::operations::Answer;
use crate::operations::common::tags;
use crate::pages;
use crate::refusal::Refusal;
use crate::store::{Index, Scan, Table, Tx};

/// The member `DeletedTimestamp` of a row is when its deletion began.
pub(super) const POOLS: Table = Table {
    name: "media_pipelines_pools",
    key: &["PoolId"],
    indexes: &[Index {
        name: BY_NAME,
        columns: &["PoolName"],
    }],
};

const BY_NAME: &str = "media_pipelines_pools_by_name";

/// The kind of resource in ARNs, which is followed by the name.
const KIND: &str = "media-pipeline-kinesis-video-stream-pool";

fn is_gone(tx: &Tx<'_>, pool: &Doc) -> bool {
    let deleted = pool.int("DeletedTimestamp");
    deleted.is_some_and(|deleted| deleted + STEP <= tx.now())
}

fn named(tx: &Tx<'_>, name: &str) -> Result<Option<Doc>, Refusal> {
    tx.first(&Scan::by(&POOLS, BY_NAME, name))
}

/// Returns the pool with an ARN; `None` if there is none.
pub(super) fn of_arn(tx: &Tx<'_>, arn: &str) -> Result<Option<Doc>, Refusal> {
    let Some(name) = crate::arn::id_of(arn, KIND) else {
        return Ok(None);
    };
    let is_it = |pool: &Doc| pool.str("PoolArn") == arn && !is_gone(tx, pool);
    Ok(named(tx, name)?.filter(is_it))
}

/// Makes sure that a stream pipeline can use a pool.
pub(super) fn check_sink(tx: &Tx<'_>, arn: &str) -> Result<(), Refusal> {
    match of_arn(tx, arn)? {
        Some(pool) if !pool.has("DeletedTimestamp") => Ok(()),
        _ => Err(Refusal::not_found("pool", arn)),
    }
}

/// Returns the pool that a request identifies by its name, ID or ARN.
fn find(tx: &Tx<'_>, input: &Doc) -> Answer {
    let identifier = checks::id(input.str("Identifier"), KIND);
    let pool = match named(tx, identifier)? {
        Some(pool) => Some(pool),
        None => tx.get(&POOLS, identifier)?,
    };
    pool.filter(|pool| !is_gone(tx, pool))
        .ok_or_else(|| Refusal::not_found("pool", identifier))
}

/// Returns the pool of a request that changes it.
fn find_to_change(tx: &Tx<'_>, input: &Doc) -> Answer {
    let pool = find(tx, input)?;
    match pool.has("DeletedTimestamp") {
        true => Err(Refusal::conflict(format!(
            "pool {} is being deleted",
            pool.str("PoolName")
        ))),
        false => Ok(pool),
    }
}

/// Returns the sinks of active stream pipelines that use a pool.
fn sinks(tx: &Tx<'_>, pool: &Doc) -> Result<Vec<Doc>, Refusal> {
    let mut sinks = Vec::new();
    let scan = Scan::by(&PIPELINES, BY_KIND, STREAM);
    tx.each(&scan, None, |tx, pipeline| {
        if pipelines::state(tx, &pipeline).is_active() {
            sinks.extend(pipeline.docs("Sinks"));
        }
        Ok(true)
    })?;
    sinks.retain(|sink| sink.str("SinkArn") == pool.str("PoolArn"));
    Ok(sinks)
}

/// Returns a pool as it is shown. Its size is the number of streams that pipelines have reserved.
fn show(tx: &Tx<'_>, pool: Doc) -> Answer {
    let created = pool.int("CreatedTimestamp").unwrap_or_default();
    let updated = pool.int("UpdatedTimestamp").unwrap_or_default();
    let status = match tx.now() {
        _ if pool.has("DeletedTimestamp") => "DELETING",
        now if now < created + STEP => "CREATING",
        now if now < updated + STEP => "UPDATING",
        _ => "ACTIVE",
    };
    let reserved = sinks(tx, &pool)?;
    let reserved = reserved
        .iter()
        .filter_map(|sink| sink.int("ReservedStreamCapacity"));
    let size: i64 = reserved.sum();
    let pool = pool.with(object! {"PoolStatus": status, "PoolSize": size});
    Ok(object! {"KinesisVideoStreamPoolConfiguration": pool})
}

pub(super) fn create(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let name = input.str("PoolName");
    if let Some(known) = named(tx, name)? {
        if !is_gone(tx, &known) {
            return Err(Refusal::conflict(format!(
                "a pool with the name {name} already exists"
            )));
        }
        tx.remove(&POOLS, known.str("PoolId"))?;
    }
    let arn = tx.arn(&format!("{KIND}/{name}"));
    let mut pool = object! {
        "PoolId": tx.new_id(),
        "PoolName": name,
        "PoolArn": &arn,
        "CreatedTimestamp": tx.now(),
        "UpdatedTimestamp": tx.now(),
    };
    pool.copy(input, &["StreamConfiguration"]);
    tx.put(&POOLS, &pool)?;
    tags::set(tx, &arn, input)?;
    show(tx, pool)
}

pub(super) fn get(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let pool = find(tx, input)?;
    show(tx, pool)
}

pub(super) fn list(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let scan = Scan::of(&POOLS, ());
    pages::page(
        tx,
        input,
        &scan,
        100,
        "KinesisVideoStreamPools",
        |tx, pool| Ok((!is_gone(tx, &pool)).then_some(pool)),
    )
}

pub(super) fn update(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let mut pool = find_to_change(tx, input)?;
    let mut stream = pool.doc("StreamConfiguration");
    stream.copy(&input.doc("StreamConfiguration"), &["DataRetentionInHours"]);
    pool.set("StreamConfiguration", stream);
    pool.set("UpdatedTimestamp", tx.now());
    tx.put(&POOLS, &pool)?;
    show(tx, pool)
}

/// Deletes a pool, unless a pipeline that has not stopped uses it.
pub(super) fn delete(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let mut pool = find_to_change(tx, input)?;
    if !sinks(tx, &pool)?.is_empty() {
        return Err(Refusal::conflict(format!(
            "stream pipelines use the pool {}",
            pool.str("PoolName")
        )));
    }
    tags::clear(tx, pool.str("PoolArn"))?;
    pool.set("DeletedTimestamp", tx.now());
    tx.put(&POOLS, &pool)?;
    Ok(Doc::default())
}
