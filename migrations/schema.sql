table alert
  -- Alerts of SLOs from their beginning to their end; of one key, one is open at a time
  id bigint not null generated always as identity
  key text not null
  alertname text not null
  service text not null
  name text not null
  "group" jsonb
  kind text not null
  severity text not null
  windows jsonb
  held_by text
  objective text not null
  started_at timestamp with time zone not null
  at_start jsonb not null
  labels jsonb not null
  annotations jsonb not null
  ended_at timestamp with time zone
  ended_by text
  at_end jsonb
table alert_judgement
  -- Up to when alerts have been judged: each instant is judged by one replica
  alone boolean not null default true
  judged_to timestamp with time zone not null
table alert_notice
  -- Beginnings and ends of alerts that a webhook was told of
  webhook text not null
  alert_id bigint not null
  state text not null
  noted_at timestamp with time zone not null default clock_timestamp()
table alert_webhook with (fillfactor=70)
  -- Webhooks, what was over before they are told anything, and the replica that tells them
  name text not null
  since timestamp with time zone not null
  holder text
  expires_at timestamp with time zone not null
table api_definition
  service text not null
  name text not null
  version bigint not null
  text text not null
    -- One SLO in the native language, slowburn/v1
  counted text not null
  objective numeric not null
  spec jsonb not null
  updated_by text not null
  updated_at timestamp with time zone not null
table api_token
  id uuid not null default gen_random_uuid()
  name text not null
    -- Names the token in the audit for ever: a revoked token keeps it
  role text not null
  digest bytea not null
  created_at timestamp with time zone not null default clock_timestamp()
  created_by text not null
  expires_at timestamp with time zone
  last_used_at timestamp with time zone
  revoked_at timestamp with time zone
table audit
  id bigint not null generated always as identity
  at timestamp with time zone not null default now()
  actor text not null
  action text not null
  subject text not null
  before jsonb
  after jsonb
  request_id text
  address text
table closed_report
  -- Monthly reports as they were closed; nobody changes or deletes one
  month text not null
  time_zone text not null
  revision integer not null
  closed_at timestamp with time zone not null
  author text not null
  reason text not null
  hash text not null
  previous_hash text
  content text not null
table collection_unit with (fillfactor=70)
  unit text not null
  holder text
  epoch bigint not null
  expires_at timestamp with time zone not null
table definition_revision
  id integer not null generated always as identity
  service text not null
  name text not null
  valid_from timestamp with time zone not null
  valid_to timestamp with time zone
  counted text not null
  objective numeric not null
  spec jsonb not null
  origin text not null
  actor text not null default 'files'::text
  request_id text
  by_api boolean not null default false
  text text
table definition_sequence
  last bigint not null
  is_only boolean not null default true
table exclusion
  -- Time that is not counted, of an SLO, a service, or all SLOs with a label; a revoked row stays
  id uuid not null default gen_random_uuid()
  service text
  name text
  label_name text
  label_value text
  group_labels jsonb
  begins_at timestamp with time zone not null
  ends_at timestamp with time zone
  rrule text
  duration_seconds integer
  time_zone text
  treatment text not null
  reason text not null
  author text not null
  created_at timestamp with time zone not null
  created_by text not null
  revoked_at timestamp with time zone
  revoked_by text
table gate_override
  -- Deployments let through against the budget policy; in force until it expires or is ended
  id bigint not null generated always as identity
  service text not null
  name text not null
  reason text not null
  created_by text not null
  created_at timestamp with time zone not null
  expires_at timestamp with time zone not null
  ended_at timestamp with time zone
  ended_by text
table history_day partition by RANGE (day)
  stream_id integer not null
  day date not null
  packed_to timestamp with time zone not null
    -- All points of the day up to here are in; a day is fully packed when the stream is not ahead of it
  base_good bigint not null
  base_total bigint not null
  base_covered integer not null
  first smallint not null
  codec smallint not null
  entries bytea not null
    -- Five-minute points after the base, as src/ledger/point-codec.ts documents; read them by slowburn_history()
table live_point partition by RANGE (t)
  t timestamp with time zone not null
  stream_id integer not null
  covered integer not null
  good bigint not null
  total bigint not null
table marker
  -- Deploys and incidents, of a service, one SLO, or everything
  id bigint not null generated always as identity
  kind text not null
  at timestamp with time zone not null
  ends_at timestamp with time zone
  text text not null
  service text
  name text
  labels jsonb not null
  link text
  created_at timestamp with time zone not null
  created_by text not null
table migrations
  id integer not null default nextval('migrations_id_seq'::regclass)
  "timestamp" bigint not null
  name character varying not null
table report_delivery
  -- Closed reports that were brought to a target, or were tried to
  target text not null
  time_zone text not null
  month text not null
  revision integer not null
  attempts integer not null
  attempted_at timestamp with time zone not null
  reached text[] not null
  delivered boolean not null
  error text
table report_target with (fillfactor=70)
  -- Who gets closed reports, since when, and the replica that brings them at the moment
  name text not null
  since timestamp with time zone not null
  holder text
  expires_at timestamp with time zone not null
table slo_rename
  id integer not null generated always as identity
  service text not null
  name text not null
  from_service text not null
  from_name text not null
  at timestamp with time zone not null
table step_flag partition by RANGE (t)
  t timestamp with time zone not null
  stream_id integer not null
  flags text[] not null
table stream with (fillfactor=45)
  -- One SLO, group and revision of what is counted, with its first and last cumulative point
  id integer not null generated always as identity
  scale bigint not null
  service text not null
  name text not null
  "group" jsonb not null
  revision text not null
  oldest_at timestamp with time zone not null
  oldest_good bigint not null
  oldest_total bigint not null
  oldest_covered integer not null
  newest_at timestamp with time zone not null
  newest_good bigint not null
  newest_total bigint not null
  newest_covered integer not null
  backfilled_to timestamp with time zone not null
  last_covered_at timestamp with time zone
  created_at timestamp with time zone not null default now()
  corrections integer not null default 0
    -- Counts up in the transaction that corrects points behind the newest; they do not change otherwise
table wanted_history
  -- Back to when an SLO is read where that is longer ago than its window begins
  service text not null
  name text not null
  revision text not null
  wanted_from timestamp with time zone not null
  asked_by text not null
  asked_at timestamp with time zone not null default clock_timestamp()

constraint alert_end_known on alert CHECK ((ended_by = ANY (ARRAY['recovered'::text, 'gone'::text])))
constraint alert_ends_after_start on alert CHECK ((ended_at >= started_at))
constraint alert_ends_once on alert CHECK (((ended_at IS NULL) = (ended_by IS NULL)))
constraint alert_kind_known on alert CHECK ((kind = ANY (ARRAY['page'::text, 'ticket'::text])))
constraint alert_pkey on alert PRIMARY KEY (id)
constraint alert_judgement_one_row on alert_judgement CHECK (alone)
constraint alert_judgement_pkey on alert_judgement PRIMARY KEY (alone)
constraint alert_notice_alert_fkey on alert_notice FOREIGN KEY (alert_id) REFERENCES alert(id) ON DELETE CASCADE
constraint alert_notice_pkey on alert_notice PRIMARY KEY (webhook, alert_id, state)
constraint alert_notice_state_known on alert_notice CHECK ((state = ANY (ARRAY['firing'::text, 'resolved'::text])))
constraint alert_notice_webhook_fkey on alert_notice FOREIGN KEY (webhook) REFERENCES alert_webhook(name) ON DELETE CASCADE
constraint alert_webhook_expires_finite on alert_webhook CHECK (isfinite(expires_at))
constraint alert_webhook_pkey on alert_webhook PRIMARY KEY (name)
constraint alert_webhook_since_finite on alert_webhook CHECK (isfinite(since))
constraint api_definition_objective_range on api_definition CHECK (((objective > (0)::numeric) AND (objective < (1)::numeric)))
constraint api_definition_pkey on api_definition PRIMARY KEY (service, name)
constraint api_definition_version_key on api_definition UNIQUE (version)
constraint api_token_digest_is_sha256 on api_token CHECK ((octet_length(digest) = 32))
constraint api_token_digest_key on api_token UNIQUE (digest)
constraint api_token_name_key on api_token UNIQUE (name)
constraint api_token_pkey on api_token PRIMARY KEY (id)
constraint api_token_role_known on api_token CHECK ((role = ANY (ARRAY['viewer'::text, 'editor'::text, 'admin'::text])))
constraint api_token_times_finite on api_token CHECK ((isfinite(created_at) AND ((expires_at IS NULL) OR isfinite(expires_at))))
constraint audit_pkey on audit PRIMARY KEY (id)
constraint closed_report_hash_form on closed_report CHECK ((hash ~ '^[0-9a-f]{64}$'::text))
constraint closed_report_month_form on closed_report CHECK ((month ~ '^[0-9]{4}-[0-9]{2}$'::text))
constraint closed_report_pkey on closed_report PRIMARY KEY (time_zone, month, revision)
constraint closed_report_revision_positive on closed_report CHECK ((revision > 0))
constraint collection_unit_epoch_positive on collection_unit CHECK ((epoch > 0))
constraint collection_unit_expires_finite on collection_unit CHECK (isfinite(expires_at))
constraint collection_unit_pkey on collection_unit PRIMARY KEY (unit)
constraint definition_revision_objective_range on definition_revision CHECK (((objective > (0)::numeric) AND (objective < (1)::numeric)))
constraint definition_revision_pkey on definition_revision PRIMARY KEY (id)
constraint definition_revision_spans_time on definition_revision CHECK ((valid_to >= valid_from))
constraint definition_sequence_has_one_row on definition_sequence CHECK (is_only)
constraint definition_sequence_pkey on definition_sequence PRIMARY KEY (is_only)
constraint exclusion_duration_positive on exclusion CHECK ((duration_seconds > 0))
constraint exclusion_ends_after_begin on exclusion CHECK ((ends_at > begins_at))
constraint exclusion_has_one_scope on exclusion CHECK ((((service IS NULL) = (label_name IS NOT NULL)) AND ((label_name IS NULL) = (label_value IS NULL)) AND ((name IS NULL) OR (service IS NOT NULL))))
constraint exclusion_is_once_or_recurring on exclusion CHECK ((((ends_at IS NULL) = (rrule IS NOT NULL)) AND ((rrule IS NULL) = (duration_seconds IS NULL)) AND ((rrule IS NULL) = (time_zone IS NULL))))
constraint exclusion_pkey on exclusion PRIMARY KEY (id)
constraint exclusion_revoked_by_somebody on exclusion CHECK (((revoked_at IS NULL) = (revoked_by IS NULL)))
constraint exclusion_treatment_known on exclusion CHECK ((treatment = ANY (ARRAY['drop'::text, 'countGood'::text])))
constraint gate_override_ends_once on gate_override CHECK (((ended_at IS NULL) = (ended_by IS NULL)))
constraint gate_override_expires_later on gate_override CHECK ((expires_at > created_at))
constraint gate_override_pkey on gate_override PRIMARY KEY (id)
constraint history_day_codec_known on history_day CHECK ((codec = 1))
constraint history_day_first_within on history_day CHECK ((first <= 288))
constraint history_day_packed_within on history_day CHECK ((packed_to <= (((day + 1))::timestamp without time zone AT TIME ZONE 'UTC'::text)))
constraint history_day_pkey on history_day PRIMARY KEY (stream_id, day)
constraint live_point_pkey on live_point PRIMARY KEY (t, stream_id)
constraint marker_ends_after_begin on marker CHECK ((ends_at >= at))
constraint marker_kind_known on marker CHECK ((kind = ANY (ARRAY['deploy'::text, 'incident'::text, 'other'::text])))
constraint marker_pkey on marker PRIMARY KEY (id)
constraint marker_slo_has_service on marker CHECK (((name IS NULL) OR (service IS NOT NULL)))
constraint PK_8c82d7f526340ab734260ea46be on migrations PRIMARY KEY (id)
constraint report_delivery_attempts_positive on report_delivery CHECK ((attempts > 0))
constraint report_delivery_pkey on report_delivery PRIMARY KEY (target, time_zone, month, revision)
constraint report_delivery_says_why on report_delivery CHECK ((delivered = (error IS NULL)))
constraint report_delivery_target_fkey on report_delivery FOREIGN KEY (target) REFERENCES report_target(name) ON DELETE CASCADE
constraint report_target_expires_finite on report_target CHECK (isfinite(expires_at))
constraint report_target_pkey on report_target PRIMARY KEY (name)
constraint report_target_since_finite on report_target CHECK (isfinite(since))
constraint slo_rename_is_one on slo_rename CHECK (((service <> from_service) OR (name <> from_name)))
constraint slo_rename_pkey on slo_rename PRIMARY KEY (id)
constraint step_flag_known on step_flag CHECK (((cardinality(flags) > 0) AND (flags <@ ARRAY['gap'::text, 'missing'::text, 'provisional'::text, 'relabelling'::text, 'baseline'::text, 'clamped'::text, 'invalid'::text])))
constraint step_flag_pkey on step_flag PRIMARY KEY (t, stream_id)
constraint stream_counts_forward on stream CHECK (((newest_good >= oldest_good) AND ((newest_total - newest_good) >= (oldest_total - oldest_good)) AND (newest_covered >= oldest_covered)))
constraint stream_ends_in_order on stream CHECK (((backfilled_to <= oldest_at) AND (oldest_at <= newest_at) AND (last_covered_at <= newest_at)))
constraint stream_group_is_labels on stream CHECK ((jsonb_typeof("group") = ANY (ARRAY['null'::text, 'object'::text])))
constraint stream_key on stream UNIQUE (revision, service, name, "group")
constraint stream_pkey on stream PRIMARY KEY (id)
constraint stream_scale_positive on stream CHECK ((scale > 0))
constraint stream_times_finite on stream CHECK ((isfinite(oldest_at) AND isfinite(newest_at) AND isfinite(backfilled_to) AND ((last_covered_at IS NULL) OR isfinite(last_covered_at))))
constraint wanted_history_from_finite on wanted_history CHECK (isfinite(wanted_from))
constraint wanted_history_pkey on wanted_history PRIMARY KEY (service, name, revision)

CREATE INDEX alert_ended_idx ON public.alert USING btree (ended_at)
CREATE INDEX alert_notice_alert_idx ON public.alert_notice USING btree (alert_id)
CREATE UNIQUE INDEX alert_open ON public.alert USING btree (key) WHERE (ended_at IS NULL)
CREATE INDEX alert_slo_idx ON public.alert USING btree (service, name, started_at)
CREATE INDEX audit_action_idx ON public.audit USING btree (action, id)
CREATE INDEX audit_actor_idx ON public.audit USING btree (actor, id)
CREATE INDEX audit_at_idx ON public.audit USING btree (at)
CREATE INDEX audit_subject_idx ON public.audit USING btree (subject, at)
CREATE UNIQUE INDEX definition_revision_in_force_key ON public.definition_revision USING btree (service, name) WHERE (valid_to IS NULL)
CREATE INDEX definition_revision_slo_idx ON public.definition_revision USING btree (service, name, valid_from)
CREATE UNIQUE INDEX gate_override_open ON public.gate_override USING btree (service, name) WHERE (ended_at IS NULL)
CREATE INDEX gate_override_slo_idx ON public.gate_override USING btree (service, name, id)
CREATE INDEX marker_at_idx ON public.marker USING btree (at, id)
CREATE INDEX slo_rename_from_idx ON public.slo_rename USING btree (from_service, from_name)
CREATE INDEX slo_rename_to_idx ON public.slo_rename USING btree (service, name)
CREATE INDEX stream_slo_idx ON public.stream USING btree (service, name)

CREATE TRIGGER audit_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.audit FOR EACH STATEMENT EXECUTE FUNCTION slowburn_audit_is_append_only()
CREATE TRIGGER closed_report_is_final BEFORE DELETE OR UPDATE OR TRUNCATE ON public.closed_report FOR EACH STATEMENT EXECUTE FUNCTION closed_report_is_final()

CREATE OR REPLACE FUNCTION public.closed_report_is_final()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
      begin
        raise exception 'a closed report never changes; a correction is another revision';
      end $function$
  -- executable by: everybody

CREATE OR REPLACE FUNCTION public.slowburn_audit_is_append_only()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
      begin
        raise exception 'the audit is append-only: % is not allowed', tg_op
          using errcode = 'insufficient_privilege';
      end $function$
  -- executable by: everybody

CREATE OR REPLACE FUNCTION public.slowburn_day_is_packed(of_day date)
 RETURNS boolean
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
        select not exists (
          select from stream s
          where s.oldest_at < ((of_day + 1)::timestamp at time zone 'UTC')
            and s.newest_at >= (of_day::timestamp at time zone 'UTC')
            and not exists (
              select from history_day h
              where h.stream_id = s.id and h.day = of_day
                and h.packed_to >= least(s.newest_at, (of_day + 1)::timestamp at time zone 'UTC')
            )
        )
      $function$
  -- executable by: everybody

CREATE OR REPLACE FUNCTION public.slowburn_drop_partitions(parent text, before date)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
 SET lock_timeout TO '5s'
AS $function$
      declare
        part record;
        dropped integer := 0;
      begin
        perform slowburn_partition_span(parent, before);
        for part in
          select c.relname as name, to_date(substring(c.relname from '[0-9]+$'),
                   case parent when 'live_point' then 'YYYYMMDD' else 'YYYYMM' end) as lower
          from pg_inherits i join pg_class c on c.oid = i.inhrelid
          where i.inhparent = to_regclass('public.' || parent) order by 2
        loop
          exit when (select upper from slowburn_partition_span(parent, part.lower)) > before;
          -- Whoever still writes into it is waited for, so that the look below misses nothing.
          execute format('lock table public.%I in access exclusive mode', part.name);
          -- Days go in order and never before history holds them: what is live stays one piece.
          exit when parent = 'live_point' and not slowburn_day_is_packed(part.lower);
          execute format('drop table public.%I', part.name);
          dropped := dropped + 1;
        end loop;
        return dropped;
      end $function$
  -- executable by: its owner

CREATE OR REPLACE FUNCTION public.slowburn_grant_runtime(role regrole)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
      begin
        execute format('grant usage on schema public to %s', role);
        execute format('grant select, insert, update on public.stream, public.collection_unit, public.definition_revision, public.api_token, public.wanted_history to %s', role);
        execute format('grant select, insert, update, delete on public.live_point, public.history_day, public.step_flag, public.api_definition to %s', role);
        execute format('grant select, insert on public.audit, public.slo_rename to %s', role);
        execute format('grant select, update on public.definition_sequence to %s', role);
        execute format('grant select on public.migrations to %s', role);
        execute format('grant execute on function public.slowburn_make_partitions(text, date[]), public.slowburn_drop_partitions(text, date) to %s', role);
        execute format('grant select, insert, update on public.exclusion to %s', role);
        execute format('grant select, insert on public.marker to %s', role);
        execute format('grant select, insert, update on public.alert, public.alert_judgement to %s', role);
        execute format('grant select, insert, update on public.gate_override to %s', role);
        execute format('grant select, insert, update, delete on public.alert_webhook, public.alert_notice to %s', role);
        execute format('grant select, insert on public.closed_report to %s', role);
        execute format('grant select, insert, update, delete on public.report_target, public.report_delivery to %s', role);
      end $function$
  -- executable by: its owner

CREATE OR REPLACE FUNCTION public.slowburn_history(of_stream integer)
 RETURNS TABLE(t timestamp with time zone, good bigint, total bigint, covered bigint)
 LANGUAGE plpgsql
 STABLE STRICT
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
      declare
        packed record;
        place integer;
        head bigint;
        part bigint;
        uncovered bigint;
        step bigint;
        length integer;
        midnight bigint;
        at_second bigint;
        slot bigint;
        last_told bigint := null;
      begin
        for packed in select * from history_day h where h.stream_id = of_stream order by h.day loop
          midnight := extract(epoch from packed.day::timestamp at time zone 'UTC')::bigint;
          at_second := midnight + packed.first * 300;
          slot := greatest(at_second, midnight);
          good := packed.base_good;
          total := packed.base_total;
          covered := packed.base_covered;
          place := 0;
          length := octet_length(packed.entries);
          loop
            -- A midnight belongs to both of its days and is told once.
            if last_told is null or at_second > last_told then
              t := to_timestamp(at_second);
              last_told := at_second;
              return next;
            end if;
            exit when place >= length;
            select v.place, v.value into place, head from slowburn_varint(packed.entries, place) v;
            if head = 1 then
              select v.place, v.value into place, step from slowburn_varint(packed.entries, place) v;
              slot := slot + 300 * step;
              select v.place, v.value into place, head from slowburn_varint(packed.entries, place) v;
            end if;
            slot := slot + 300;
            uncovered := 0;
            if head % 2 = 0 then
              part := head / 2;
            else
              uncovered := (head - 1) / 2 - 1;
              uncovered := case when uncovered % 2 = 0 then uncovered / 2 else -(uncovered + 1) / 2 end;
              select v.place, v.value into place, part from slowburn_varint(packed.entries, place) v;
            end if;
            covered := covered + (slot - at_second) - uncovered;
            total := total + part;
            select v.place, v.value into place, part from slowburn_varint(packed.entries, place) v;
            good := good + part;
            total := total + part;
            at_second := slot;
          end loop;
        end loop;
      end $function$
  -- executable by: everybody

CREATE OR REPLACE FUNCTION public.slowburn_make_partitions(parent text, days date[])
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
      declare
        span record;
        made integer := 0;
        column_zone text := case parent when 'history_day' then '' else ' 00:00:00+00' end;
      begin
        perform pg_advisory_xact_lock(hashtext('slowburn_partitions'));
        for span in
          select distinct s.* from unnest(days) as d(day), slowburn_partition_span(parent, d.day) as s order by s.lower
        loop
          continue when to_regclass('public.' || span.name) is not null;
          -- Made aside and attached: CREATE ... PARTITION OF would shut readers of all days out.
          execute format('create table public.%I (like public.%I including defaults including constraints)', span.name, parent);
          execute format(
            'alter table public.%I add constraint %I primary key (%s)', span.name, span.name || '_pkey',
            case parent when 'history_day' then 'stream_id, day' else 't, stream_id' end
          );
          execute format(
            'alter table public.%I attach partition public.%I for values from (%L) to (%L)',
            parent, span.name, span.lower || column_zone, span.upper || column_zone
          );
          made := made + 1;
        end loop;
        return made;
      end $function$
  -- executable by: its owner

CREATE OR REPLACE FUNCTION public.slowburn_partition_span(parent text, of_day date, OUT name text, OUT lower date, OUT upper date)
 RETURNS record
 LANGUAGE plpgsql
 IMMUTABLE
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
      begin
        case parent
          when 'live_point' then
            name := parent || to_char(of_day, '_YYYYMMDD');
            lower := of_day;
            upper := of_day + 1;
          when 'history_day', 'step_flag' then
            name := parent || to_char(of_day, '_YYYYMM');
            lower := date_trunc('month', of_day::timestamp)::date;
            upper := (lower + interval '1 month')::date;
          else
            raise exception 'there is no partitioned table "%", allowed: live_point, history_day, step_flag', parent;
        end case;
      end $function$
  -- executable by: everybody

CREATE OR REPLACE FUNCTION public.slowburn_varint(entries bytea, INOUT place integer, OUT value bigint)
 RETURNS record
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE STRICT
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
      declare
        byte integer;
        shift integer := 0;
      begin
        value := 0;
        loop
          byte := get_byte(entries, place);
          place := place + 1;
          value := value | ((byte & 127)::bigint << shift);
          exit when byte < 128;
          shift := shift + 7;
        end loop;
      end $function$
  -- executable by: everybody
