CREATE TABLE "chime_accounts" (
  "account_id" NOT NULL,
  "document" TEXT NOT NULL,
  PRIMARY KEY ("account_id")
) WITHOUT ROWID;
CREATE TABLE "chime_bots" (
  "account_id" NOT NULL,
  "bot_id" NOT NULL,
  "document" TEXT NOT NULL,
  PRIMARY KEY ("account_id", "bot_id")
) WITHOUT ROWID;
CREATE TABLE "chime_dial_outs" (
  "meeting_id" NOT NULL,
  "transaction_id" NOT NULL,
  "document" TEXT NOT NULL,
  PRIMARY KEY ("meeting_id", "transaction_id")
) WITHOUT ROWID;
CREATE TABLE "chime_messages" (
  "account_id" NOT NULL,
  "place" NOT NULL,
  "message_id" NOT NULL,
  "document" TEXT NOT NULL,
  PRIMARY KEY ("account_id", "place", "message_id")
) WITHOUT ROWID;
CREATE TABLE "chime_phone_number_orders" (
  "phone_number_order_id" NOT NULL,
  "document" TEXT NOT NULL,
  PRIMARY KEY ("phone_number_order_id")
) WITHOUT ROWID;
CREATE TABLE "chime_phone_numbers" (
  "e164_phone_number" NOT NULL,
  "document" TEXT NOT NULL,
  PRIMARY KEY ("e164_phone_number")
) WITHOUT ROWID;
CREATE TABLE "chime_room_memberships" (
  "account_id" NOT NULL,
  "room_id" NOT NULL,
  "position" NOT NULL,
  "member_id",
  "document" TEXT NOT NULL,
  PRIMARY KEY ("account_id", "room_id", "position")
) WITHOUT ROWID;
CREATE INDEX "chime_room_memberships_by_member" ON "chime_room_memberships" ("account_id", "member_id", "room_id", "position");
CREATE TABLE "chime_rooms" (
  "account_id" NOT NULL,
  "room_id" NOT NULL,
  "document" TEXT NOT NULL,
  PRIMARY KEY ("account_id", "room_id")
) WITHOUT ROWID;
CREATE TABLE "chime_settings" (
  "name" NOT NULL,
  "document" TEXT NOT NULL,
  PRIMARY KEY ("name")
) WITHOUT ROWID;
CREATE TABLE "chime_users" (
  "account_id" NOT NULL,
  "user_id" NOT NULL,
  "primary_email",
  "document" TEXT NOT NULL,
  PRIMARY KEY ("account_id", "user_id")
) WITHOUT ROWID;
CREATE INDEX "chime_users_by_email" ON "chime_users" ("account_id", "primary_email", "user_id");
CREATE TABLE "identity_admins" (
  "app_instance_arn" NOT NULL,
  "app_instance_admin_arn" NOT NULL,
  "document" TEXT NOT NULL,
  PRIMARY KEY ("app_instance_arn", "app_instance_admin_arn")
) WITHOUT ROWID;
CREATE TABLE "identity_app_instances" (
  "app_instance_arn" NOT NULL,
  "document" TEXT NOT NULL,
  PRIMARY KEY ("app_instance_arn")
) WITHOUT ROWID;
CREATE TABLE "identity_bots" (
  "app_instance_arn" NOT NULL,
  "app_instance_bot_arn" NOT NULL,
  "document" TEXT NOT NULL,
  PRIMARY KEY ("app_instance_arn", "app_instance_bot_arn")
) WITHOUT ROWID;
CREATE TABLE "identity_endpoints" (
  "app_instance_user_arn" NOT NULL,
  "endpoint_id" NOT NULL,
  "document" TEXT NOT NULL,
  PRIMARY KEY ("app_instance_user_arn", "endpoint_id")
) WITHOUT ROWID;
CREATE TABLE "identity_users" (
  "app_instance_arn" NOT NULL,
  "app_instance_user_arn" NOT NULL,
  "document" TEXT NOT NULL,
  PRIMARY KEY ("app_instance_arn", "app_instance_user_arn")
) WITHOUT ROWID;
CREATE TABLE "local_state" (
  "name" NOT NULL,
  "document" TEXT NOT NULL,
  PRIMARY KEY ("name")
) WITHOUT ROWID;
CREATE TABLE "media_pipelines_configurations" (
  "media_insights_pipeline_configuration_id" NOT NULL,
  "media_insights_pipeline_configuration_name",
  "document" TEXT NOT NULL,
  PRIMARY KEY ("media_insights_pipeline_configuration_id")
) WITHOUT ROWID;
CREATE INDEX "media_pipelines_configurations_by_name" ON "media_pipelines_configurations" ("media_insights_pipeline_configuration_name", "media_insights_pipeline_configuration_id");
CREATE TABLE "media_pipelines_pipelines" (
  "media_pipeline_id" NOT NULL,
  "kind",
  "source",
  "stopped_timestamp",
  "document" TEXT NOT NULL,
  PRIMARY KEY ("media_pipeline_id")
) WITHOUT ROWID;
CREATE INDEX "media_pipelines_pipelines_by_end" ON "media_pipelines_pipelines" ("stopped_timestamp", "media_pipeline_id");
CREATE INDEX "media_pipelines_pipelines_by_kind" ON "media_pipelines_pipelines" ("kind", "media_pipeline_id");
CREATE INDEX "media_pipelines_pipelines_by_source" ON "media_pipelines_pipelines" ("source", "media_pipeline_id");
CREATE TABLE "media_pipelines_pools" (
  "pool_id" NOT NULL,
  "pool_name",
  "document" TEXT NOT NULL,
  PRIMARY KEY ("pool_id")
) WITHOUT ROWID;
CREATE INDEX "media_pipelines_pools_by_name" ON "media_pipelines_pools" ("pool_name", "pool_id");
CREATE TABLE "media_pipelines_tasks" (
  "media_pipeline_id" NOT NULL,
  "kind" NOT NULL,
  "task_id" NOT NULL,
  "document" TEXT NOT NULL,
  PRIMARY KEY ("media_pipeline_id", "kind", "task_id")
) WITHOUT ROWID;
CREATE TABLE "meetings_attendees" (
  "meeting_id" NOT NULL,
  "attendee_id" NOT NULL,
  "user_key",
  "document" TEXT NOT NULL,
  PRIMARY KEY ("meeting_id", "attendee_id")
) WITHOUT ROWID;
CREATE INDEX "meetings_attendees_by_user" ON "meetings_attendees" ("meeting_id", "user_key", "attendee_id");
CREATE TABLE "meetings_meetings" (
  "meeting_id" NOT NULL,
  "primary_meeting_id",
  "document" TEXT NOT NULL,
  PRIMARY KEY ("meeting_id")
) WITHOUT ROWID;
CREATE INDEX "meetings_meetings_by_primary" ON "meetings_meetings" ("primary_meeting_id", "meeting_id");
CREATE TABLE "messaging_bans" (
  "channel_arn" NOT NULL,
  "member_arn" NOT NULL,
  "document" TEXT NOT NULL,
  PRIMARY KEY ("channel_arn", "member_arn")
) WITHOUT ROWID;
CREATE INDEX "messaging_bans_by_member" ON "messaging_bans" ("member_arn", "channel_arn");
CREATE TABLE "messaging_channel_flows" (
  "app_instance_arn" NOT NULL,
  "channel_flow_arn" NOT NULL,
  "document" TEXT NOT NULL,
  PRIMARY KEY ("app_instance_arn", "channel_flow_arn")
) WITHOUT ROWID;
CREATE TABLE "messaging_channels" (
  "app_instance_arn" NOT NULL,
  "channel_arn" NOT NULL,
  "channel_flow_arn",
  "document" TEXT NOT NULL,
  PRIMARY KEY ("app_instance_arn", "channel_arn")
) WITHOUT ROWID;
CREATE INDEX "messaging_channels_by_flow" ON "messaging_channels" ("channel_flow_arn", "app_instance_arn", "channel_arn");
CREATE TABLE "messaging_memberships" (
  "channel_arn" NOT NULL,
  "place" NOT NULL,
  "member_arn" NOT NULL,
  "type",
  "document" TEXT NOT NULL,
  PRIMARY KEY ("channel_arn", "place", "member_arn")
) WITHOUT ROWID;
CREATE INDEX "messaging_memberships_by_member" ON "messaging_memberships" ("member_arn", "channel_arn", "place");
CREATE INDEX "messaging_memberships_by_type" ON "messaging_memberships" ("channel_arn", "place", "type", "member_arn");
CREATE TABLE "messaging_messages" (
  "channel_arn" NOT NULL,
  "place" NOT NULL,
  "message_id" NOT NULL,
  "document" TEXT NOT NULL,
  PRIMARY KEY ("channel_arn", "place", "message_id")
) WITHOUT ROWID;
CREATE TABLE "messaging_moderators" (
  "channel_arn" NOT NULL,
  "moderator_arn" NOT NULL,
  "document" TEXT NOT NULL,
  PRIMARY KEY ("channel_arn", "moderator_arn")
) WITHOUT ROWID;
CREATE INDEX "messaging_moderators_by_moderator" ON "messaging_moderators" ("moderator_arn", "channel_arn");
CREATE TABLE "messaging_places" (
  "channel_arn" NOT NULL,
  "place" NOT NULL,
  "document" TEXT NOT NULL,
  PRIMARY KEY ("channel_arn", "place")
) WITHOUT ROWID;
CREATE TABLE "messaging_streaming" (
  "app_instance_arn" NOT NULL,
  "document" TEXT NOT NULL,
  PRIMARY KEY ("app_instance_arn")
) WITHOUT ROWID;
CREATE TABLE "request_tokens" (
  "operation" NOT NULL,
  "scope" NOT NULL,
  "token" NOT NULL,
  "created_timestamp",
  "document" TEXT NOT NULL,
  PRIMARY KEY ("operation", "scope", "token")
) WITHOUT ROWID;
CREATE INDEX "request_tokens_by_time" ON "request_tokens" ("created_timestamp", "operation", "scope", "token");
CREATE TABLE "tags" (
  "resource_arn" NOT NULL,
  "key" NOT NULL,
  "document" TEXT NOT NULL,
  PRIMARY KEY ("resource_arn", "key")
) WITHOUT ROWID;
INSERT INTO "chime_accounts" VALUES ('00000000-0000-4000-8001-000000000001', '{"AccountStatus":"Active","AccountType":"EnterpriseLWA","AwsAccountId":"000000000000","CreatedTimestamp":1800000000000,"DefaultLicense":"Pro","Name":"Sample account 1","SigninDelegateGroups":[],"SupportedLicenses":["Basic","Pro"]}');
INSERT INTO "chime_messages" VALUES ('00000000-0000-4000-8001-000000000001', 'conversation/00000000-0000-4000-8004-000000000001', '00000000-0000-4000-8005-000000000001', '{"Content":"A sample message","CreatedTimestamp":1800000000000,"Redacted":false}');
INSERT INTO "chime_messages" VALUES ('00000000-0000-4000-8001-000000000001', 'room/00000000-0000-4000-8002-000000000001', '00000000-0000-4000-8003-000000000001', '{"Content":"A sample message","CreatedTimestamp":1800000000000,"Redacted":false}');
INSERT INTO "chime_rooms" VALUES ('00000000-0000-4000-8001-000000000001', '00000000-0000-4000-8002-000000000001', '{"CreatedBy":"local","CreatedTimestamp":1800000000000,"Name":"Sample room 1","UpdatedTimestamp":1800000000000}');
INSERT INTO "chime_users" VALUES ('00000000-0000-4000-8001-000000000001', '00000000-0000-4000-8000-000000000001', 'user-1@sample.invalid', '{"DisplayName":"User 1","LicenseType":"Pro","PersonalPIN":"7693128384","RegisteredOn":1800000000000,"UserRegistrationStatus":"Registered","UserType":"PrivateUser"}');
INSERT INTO "local_state" VALUES ('samples', '{"Samples":1,"Users":1}');
PRAGMA application_id = 1128810829;
PRAGMA user_version = 1;
