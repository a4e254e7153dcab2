BEGIN TRANSACTION;
CREATE TABLE access_notes (
  id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, act TEXT NOT NULL, by_invitation INTEGER,
  by_person INTEGER, session INTEGER, by_account INTEGER) STRICT;
INSERT INTO "access_notes" VALUES(1,1796009872721,'registrations_imported',1,NULL,1,NULL);
INSERT INTO "access_notes" VALUES(2,1796009872761,'registrations_imported',1,NULL,2,NULL);
INSERT INTO "access_notes" VALUES(3,1796009872846,'people_listed',1,NULL,1,NULL);
INSERT INTO "access_notes" VALUES(4,1796009872897,'invitations_made',1,NULL,1,NULL);
INSERT INTO "access_notes" VALUES(5,1796009872917,'absence_noted',1,NULL,2,NULL);
CREATE TABLE access_subjects (
  person INTEGER NOT NULL, note INTEGER NOT NULL REFERENCES access_notes,
  PRIMARY KEY (person, note)) STRICT, WITHOUT ROWID;
INSERT INTO "access_subjects" VALUES(2,3);
INSERT INTO "access_subjects" VALUES(2,4);
INSERT INTO "access_subjects" VALUES(3,3);
INSERT INTO "access_subjects" VALUES(3,4);
INSERT INTO "access_subjects" VALUES(4,3);
INSERT INTO "access_subjects" VALUES(4,4);
INSERT INTO "access_subjects" VALUES(5,3);
INSERT INTO "access_subjects" VALUES(5,4);
INSERT INTO "access_subjects" VALUES(6,1);
INSERT INTO "access_subjects" VALUES(6,2);
INSERT INTO "access_subjects" VALUES(6,3);
INSERT INTO "access_subjects" VALUES(6,4);
INSERT INTO "access_subjects" VALUES(7,1);
INSERT INTO "access_subjects" VALUES(7,2);
INSERT INTO "access_subjects" VALUES(7,3);
INSERT INTO "access_subjects" VALUES(7,4);
INSERT INTO "access_subjects" VALUES(8,1);
INSERT INTO "access_subjects" VALUES(8,2);
INSERT INTO "access_subjects" VALUES(8,3);
INSERT INTO "access_subjects" VALUES(8,4);
INSERT INTO "access_subjects" VALUES(8,5);
CREATE TABLE agenda_items (
  session INTEGER NOT NULL REFERENCES sessions, item INTEGER NOT NULL, kind TEXT NOT NULL, title TEXT NOT NULL,
  minutes INTEGER NOT NULL, question TEXT, place INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (session, item)) STRICT, WITHOUT ROWID;
INSERT INTO "agenda_items" VALUES(1,1,'talk','Päivän aihe',30,NULL,0);
INSERT INTO "agenda_items" VALUES(1,2,'discussion','Keskustelu',60,'Mikä auttaa?',1);
INSERT INTO "agenda_items" VALUES(1,3,'break','Tauko',15,NULL,2);
INSERT INTO "agenda_items" VALUES(1,4,'round','Kierros',60,NULL,3);
INSERT INTO "agenda_items" VALUES(1,5,'assignment','Oma tehtävä',60,NULL,4);
INSERT INTO "agenda_items" VALUES(1,6,'closing','Lopetus',15,NULL,5);
INSERT INTO "agenda_items" VALUES(2,1,'talk','Päivän aihe',30,NULL,0);
INSERT INTO "agenda_items" VALUES(2,2,'discussion','Keskustelu',60,'Mikä auttaa?',1);
INSERT INTO "agenda_items" VALUES(2,3,'break','Tauko',15,NULL,2);
INSERT INTO "agenda_items" VALUES(2,4,'round','Kierros',60,NULL,3);
INSERT INTO "agenda_items" VALUES(2,5,'assignment','Oma tehtävä',60,NULL,4);
INSERT INTO "agenda_items" VALUES(2,6,'closing','Lopetus',15,NULL,5);
CREATE TABLE assignment_words (
  assignment INTEGER NOT NULL REFERENCES assignments, version INTEGER NOT NULL, title TEXT NOT NULL,
  words TEXT NOT NULL, questions TEXT NOT NULL, hint TEXT,
  PRIMARY KEY (assignment, version)) STRICT, WITHOUT ROWID;
CREATE TABLE assignments (
  id INTEGER PRIMARY KEY AUTOINCREMENT, session INTEGER NOT NULL REFERENCES sessions, item INTEGER,
  version INTEGER NOT NULL, minutes INTEGER NOT NULL, ways TEXT NOT NULL, is_choice INTEGER NOT NULL,
  second_look INTEGER NOT NULL, opened_at INTEGER, due INTEGER, closed_at INTEGER) STRICT;
CREATE TABLE ballots (session INTEGER NOT NULL, person INTEGER NOT NULL, poll INTEGER NOT NULL, options TEXT NOT NULL, PRIMARY KEY (session, person)) STRICT, WITHOUT ROWID;
CREATE TABLE day_people (
  person INTEGER NOT NULL, session INTEGER NOT NULL, begins_at INTEGER NOT NULL, has_attended INTEGER NOT NULL,
  PRIMARY KEY (person, session)) STRICT, WITHOUT ROWID;
CREATE TABLE days (
  session INTEGER NOT NULL, version INTEGER NOT NULL, kept_at INTEGER NOT NULL, record TEXT NOT NULL,
  PRIMARY KEY (session, version)) STRICT;
CREATE TABLE feedback_answers (
  session INTEGER NOT NULL, id BLOB NOT NULL, felt TEXT, heard TEXT, worked TEXT, helped INTEGER NOT NULL,
  PRIMARY KEY (session, id)) STRICT, WITHOUT ROWID;
CREATE TABLE feedback_given (
  session INTEGER NOT NULL, person INTEGER NOT NULL, PRIMARY KEY (session, person)) STRICT, WITHOUT ROWID;
CREATE TABLE feedback_words (
  session INTEGER NOT NULL, id BLOB NOT NULL, about_staff INTEGER NOT NULL, words TEXT NOT NULL,
  PRIMARY KEY (session, id)) STRICT, WITHOUT ROWID;
CREATE TABLE feedbacks (
  session INTEGER PRIMARY KEY REFERENCES sessions, closes_at INTEGER NOT NULL, is_closed INTEGER NOT NULL,
  is_told INTEGER NOT NULL) STRICT;
CREATE TABLE improvement_days (
  improvement INTEGER NOT NULL REFERENCES improvements, session INTEGER NOT NULL REFERENCES sessions,
  PRIMARY KEY (improvement, session)) STRICT, WITHOUT ROWID;
CREATE TABLE improvements (
  id INTEGER PRIMARY KEY AUTOINCREMENT, series INTEGER NOT NULL REFERENCES series, state TEXT NOT NULL,
  words TEXT NOT NULL, version INTEGER NOT NULL, saved_at INTEGER NOT NULL) STRICT;
CREATE TABLE invitations (
  id INTEGER PRIMARY KEY AUTOINCREMENT, session INTEGER REFERENCES sessions, person INTEGER REFERENCES people,
  secret_hash BLOB NOT NULL UNIQUE, code_hash BLOB UNIQUE, made_at INTEGER NOT NULL, not_before INTEGER NOT NULL,
  expires INTEGER NOT NULL, revoked_at INTEGER, holder TEXT, by_ban INTEGER NOT NULL DEFAULT 0 CHECK (by_ban IN (0, 1)),
  CHECK ((session IS NULL) = (person IS NULL))) STRICT;
INSERT INTO "invitations" VALUES(1,NULL,NULL,X'C246AC8EC9109346A20D430F207342E6FF5A9CE328688C9656D1FB7BED0607A4',NULL,1796009870100,1796009870100,1827545870100,NULL,'Koordinaattori',0);
INSERT INTO "invitations" VALUES(2,1,6,X'CD19772AC9FCE8F5D0A8F420795F777D6281D4962E28A1D0411C3165C9AC84CB',X'DD87FDBDE1AB02AB6AE767822E06DA5BF4E4FF2C7202A35CC50649DBCE60CDB8',1796009872874,1796194800000,1796313600000,NULL,NULL,0);
INSERT INTO "invitations" VALUES(3,1,7,X'D9A2706E794DA06CFE99A7269B9C1FC122B4AD6F5DD0997F84B613B14D962EF5',X'227105CD98565195C25A444D32D34B6604B62C0A606C7F1B46B8BA1565E918DC',1796009872875,1796194800000,1796313600000,NULL,NULL,0);
INSERT INTO "invitations" VALUES(4,1,8,X'F8515F6D6A48342AE00DCDD03C1F9E46454AF4EA4C9C184B78B181176E90ACB5',X'E392FCFEEE122B468A83AB459C7DCE69B3A25F03FD763AE273126AE2B7EAF92B',1796009872875,1796194800000,1796313600000,NULL,NULL,0);
INSERT INTO "invitations" VALUES(5,1,4,X'C135DE1650A76B3790B8F480E70760F780A0ED06C03ABF23C79E0764CC3F91D5',X'1C9BF3BCCA8404C6EE6F3D569CD438F56D006E2C2EEACA7DC36B3DBCC025E8BF',1796009872875,1796194800000,1796313600000,NULL,NULL,0);
INSERT INTO "invitations" VALUES(6,1,5,X'03F06E4329B6AE6FBE89018DA06412CB9EF0C8AC4902218116B7BF21F325296E',X'5FCE6120AB1D7CA92EFF904BE0ABADC951F01779935814ECB47DF7BCEE9DCF68',1796009872875,1796194800000,1796313600000,NULL,NULL,0);
INSERT INTO "invitations" VALUES(7,1,2,X'CF0E43790549DD2F410A32E3B90D8043D34EE86E31AA608777F12565EC88DEAF',X'40A47C7F202EACCFE1E5F9878C676ACC141A08EAECF9FA74629C9BE98C2B532B',1796009872875,1796194800000,1796313600000,NULL,NULL,0);
INSERT INTO "invitations" VALUES(8,1,3,X'FEE3EA7A2F0F53994DF481DB2C4FA795F5964662CEE74178DD6A5746CC451E2A',X'6C8DD1FCF6A826D0D1EF7830D0405B723CA9FBA6501FA178DEB6F5682A2D42F9',1796009872875,1796194800000,1796313600000,NULL,NULL,0);
CREATE TABLE mails (
  id INTEGER PRIMARY KEY AUTOINCREMENT, session INTEGER NOT NULL REFERENCES sessions,
  person INTEGER NOT NULL REFERENCES people, made_at INTEGER NOT NULL,
  state TEXT NOT NULL, tries INTEGER NOT NULL, next_try_at INTEGER NOT NULL, sent_at INTEGER, trouble TEXT, token TEXT NOT NULL DEFAULT '') STRICT;
CREATE TABLE openings (
  series INTEGER NOT NULL REFERENCES series, place INTEGER NOT NULL, words TEXT NOT NULL,
  PRIMARY KEY (series, place)) STRICT, WITHOUT ROWID;
CREATE TABLE other_people (
  one INTEGER NOT NULL REFERENCES people, other INTEGER NOT NULL REFERENCES people, PRIMARY KEY (one, other),
  CHECK (one < other)) STRICT, WITHOUT ROWID;
CREATE TABLE other_words (
  id INTEGER PRIMARY KEY AUTOINCREMENT, submission INTEGER NOT NULL REFERENCES submissions,
  is_answer INTEGER NOT NULL CHECK (is_answer IN (0, 1)), words TEXT NOT NULL, saved_at INTEGER NOT NULL) STRICT;
CREATE TABLE password_links (
  account INTEGER PRIMARY KEY REFERENCES staff_accounts, secret_hash BLOB NOT NULL UNIQUE,
  expires INTEGER NOT NULL) STRICT;
INSERT INTO "password_links" VALUES(1,X'D34F4B1FB1FA2C4F62DA9AFC2552AB9E1D0C9A78BF15707FB030A6FB335BE7E9',1796614671067);
INSERT INTO "password_links" VALUES(2,X'4EE9A34161BF100F8830F9BD2E36D34DA633C27C2D090C5830EF512B6E43B2E7',1796614672959);
INSERT INTO "password_links" VALUES(3,X'DFD9A419EE5D8083DA4F2D2D1BE5EA1763D4C1B1646B0EE18FA56ACD3C59F18D',1796614673011);
CREATE TABLE people (
  id INTEGER PRIMARY KEY AUTOINCREMENT, is_client INTEGER NOT NULL CHECK (is_client IN (0, 1)), name TEXT NOT NULL,
  name_key TEXT NOT NULL,
  decision_type TEXT, supervisor TEXT, phone TEXT, email TEXT, needs TEXT, same_as INTEGER REFERENCES people) STRICT;
INSERT INTO "people" VALUES(1,0,'Koordinaattori','koordinaattori',NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "people" VALUES(2,0,'Ohjaaja 1','ohjaaja 1',NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "people" VALUES(3,0,'Ohjaaja 2','ohjaaja 2',NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "people" VALUES(4,0,'Moderaattori 1','moderaattori 1',NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "people" VALUES(5,0,'Moderaattori 2','moderaattori 2',NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "people" VALUES(6,1,'Kanerva Mustikka','kanerva mustikka','work_activity','Työnjohtaja 1','000 000 0012',NULL,NULL,NULL);
INSERT INTO "people" VALUES(7,1,'Pihlaja Poro','pihlaja poro','social_rehabilitation','Omatyöntekijä 2',NULL,'pihlaja@example.fi',NULL,NULL);
INSERT INTO "people" VALUES(8,1,'Saukko Siili','saukko siili','disability_work_activity','Työnjohtaja 2','000 000 0008',NULL,NULL,NULL);
INSERT INTO "people" VALUES(9,0,'Ohjaaja 1','ohjaaja 1',NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "people" VALUES(10,0,'Ohjaaja 2','ohjaaja 2',NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "people" VALUES(11,0,'Moderaattori 1','moderaattori 1',NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "people" VALUES(12,0,'Moderaattori 2','moderaattori 2',NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "people" VALUES(13,0,'Aino Ohjaaja','aino ohjaaja',NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "people" VALUES(14,0,'Työnjohtaja 1','työnjohtaja 1',NULL,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE people_settings (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT;
INSERT INTO "people_settings" VALUES('code_key',X'1B12109C261BCF7D7C3D85E96D1D48D9279FB8E29379C68AFA178AC0E433516C');
CREATE TABLE photos (
  id INTEGER PRIMARY KEY AUTOINCREMENT, submission INTEGER NOT NULL REFERENCES submissions ON DELETE CASCADE,
  description TEXT NOT NULL, added_at INTEGER NOT NULL, bytes BLOB NOT NULL) STRICT;
CREATE TABLE registrations (
  session INTEGER NOT NULL REFERENCES sessions, person INTEGER NOT NULL REFERENCES people, role TEXT NOT NULL,
  absence_told_at INTEGER, absence_note TEXT, PRIMARY KEY (session, person)) STRICT, WITHOUT ROWID;
INSERT INTO "registrations" VALUES(1,2,'facilitator',NULL,NULL);
INSERT INTO "registrations" VALUES(1,3,'facilitator',NULL,NULL);
INSERT INTO "registrations" VALUES(1,4,'moderator',NULL,NULL);
INSERT INTO "registrations" VALUES(1,5,'moderator',NULL,NULL);
INSERT INTO "registrations" VALUES(1,6,'participant',NULL,NULL);
INSERT INTO "registrations" VALUES(1,7,'participant',NULL,NULL);
INSERT INTO "registrations" VALUES(1,8,'participant',NULL,NULL);
INSERT INTO "registrations" VALUES(2,6,'participant',NULL,NULL);
INSERT INTO "registrations" VALUES(2,7,'participant',NULL,NULL);
INSERT INTO "registrations" VALUES(2,8,'participant',1796009872915,'hammaslääkäri');
INSERT INTO "registrations" VALUES(2,9,'facilitator',NULL,NULL);
INSERT INTO "registrations" VALUES(2,10,'facilitator',NULL,NULL);
INSERT INTO "registrations" VALUES(2,11,'moderator',NULL,NULL);
INSERT INTO "registrations" VALUES(2,12,'moderator',NULL,NULL);
CREATE TABLE rooms (session INTEGER PRIMARY KEY, epoch TEXT NOT NULL) STRICT;
INSERT INTO "rooms" VALUES(1,'L7LOXu1hZ1pK');
CREATE TABLE schema_version (part TEXT PRIMARY KEY, version INTEGER NOT NULL) STRICT;
INSERT INTO "schema_version" VALUES('journal',2);
INSERT INTO "schema_version" VALUES('people',10);
INSERT INTO "schema_version" VALUES('work',2);
INSERT INTO "schema_version" VALUES('feedback',1);
INSERT INTO "schema_version" VALUES('improvements',1);
INSERT INTO "schema_version" VALUES('reports',1);
CREATE TABLE sent_answers (
  submission INTEGER NOT NULL REFERENCES submissions, sent_at INTEGER NOT NULL, words TEXT NOT NULL,
  by_person INTEGER NOT NULL, PRIMARY KEY (submission, sent_at)) STRICT, WITHOUT ROWID;
CREATE TABLE series (id INTEGER PRIMARY KEY, name TEXT NOT NULL, name_key TEXT NOT NULL UNIQUE) STRICT;
INSERT INTO "series" VALUES(1,'Etäkahvila','etäkahvila');
INSERT INTO "series" VALUES(2,'Osallisuus ja liikunta','osallisuus ja liikunta');
CREATE TABLE session_words (
  session INTEGER NOT NULL REFERENCES sessions, word TEXT NOT NULL, PRIMARY KEY (session, word)) STRICT, WITHOUT ROWID;
CREATE TABLE sessions (
  id INTEGER PRIMARY KEY AUTOINCREMENT, series INTEGER NOT NULL REFERENCES series, theme TEXT NOT NULL, question TEXT,
  starts_at INTEGER NOT NULL, ends_at INTEGER NOT NULL CHECK (ends_at > starts_at), help_phone TEXT,
  present_percent INTEGER NOT NULL CHECK (present_percent BETWEEN 1 AND 100),
  grace_seconds INTEGER NOT NULL CHECK (grace_seconds >= 0), voice INTEGER NOT NULL DEFAULT 1 CHECK (voice IN (0, 1)), many_listeners INTEGER NOT NULL DEFAULT 0 CHECK (many_listeners IN (0, 1)), present_minutes INTEGER CHECK (present_minutes > 0)) STRICT;
INSERT INTO "sessions" VALUES(1,1,'Uni','Mikä auttaa?',1796281200000,1796295600000,NULL,80,120,1,0,NULL);
INSERT INTO "sessions" VALUES(2,2,'Erilainen joululoma','Mikä auttaa?',1796886000000,1796900400000,NULL,80,120,1,0,NULL);
CREATE TABLE sign_ins (
  id INTEGER PRIMARY KEY AUTOINCREMENT, account INTEGER NOT NULL REFERENCES staff_accounts,
  secret_hash BLOB NOT NULL UNIQUE,
  made_at INTEGER NOT NULL, used_at INTEGER NOT NULL) STRICT;
CREATE TABLE staff_accounts (
  id INTEGER PRIMARY KEY AUTOINCREMENT, person INTEGER NOT NULL UNIQUE REFERENCES people, name_key TEXT NOT NULL UNIQUE,
  password_hash TEXT, locked_at INTEGER, made_at INTEGER NOT NULL) STRICT;
INSERT INTO "staff_accounts" VALUES(1,1,'koordinaattori',NULL,NULL,1796009871067);
INSERT INTO "staff_accounts" VALUES(2,13,'aino ohjaaja',NULL,NULL,1796009872958);
INSERT INTO "staff_accounts" VALUES(3,14,'työnjohtaja 1',NULL,NULL,1796009873011);
CREATE TABLE staff_roles (
  account INTEGER NOT NULL REFERENCES staff_accounts, series INTEGER REFERENCES series, role TEXT NOT NULL) STRICT;
INSERT INTO "staff_roles" VALUES(1,NULL,'coordinator');
INSERT INTO "staff_roles" VALUES(2,NULL,'facilitator');
INSERT INTO "staff_roles" VALUES(3,NULL,'supervisor');
CREATE TABLE staff_supervises (
  account INTEGER NOT NULL REFERENCES staff_accounts, name TEXT NOT NULL, name_key TEXT NOT NULL,
  PRIMARY KEY (account, name_key)) STRICT, WITHOUT ROWID;
INSERT INTO "staff_supervises" VALUES(3,'Työnjohtaja 1','työnjohtaja 1');
CREATE TABLE steps (session INTEGER NOT NULL, seq INTEGER NOT NULL, record TEXT NOT NULL, digest BLOB NOT NULL, PRIMARY KEY (session, seq)) STRICT, WITHOUT ROWID;
INSERT INTO "steps" VALUES(1,1,'{"v":1,"at":0,"utc":1796009872805,"events":[{"type":"SessionPlanned","plan":{"session":1,"theme":"Uni","series":"Etäkahvila","starts_at":1796281200000,"ends_at":1796295600000,"agenda":[{"id":1,"kind":"talk","title":"Päivän aihe","minutes":30},{"id":2,"kind":"discussion","title":"Keskustelu","minutes":60,"question":"Mikä auttaa?"},{"id":3,"kind":"break","title":"Tauko","minutes":15},{"id":4,"kind":"round","title":"Kierros","minutes":60},{"id":5,"kind":"assignment","title":"Oma tehtävä","minutes":60},{"id":6,"kind":"closing","title":"Lopetus","minutes":15}],"present_percent":80,"grace_seconds":120,"word_list":[],"staff_names":["Ohjaaja 1","Ohjaaja 2","Moderaattori 1","Moderaattori 2"],"roster":[{"person":2,"role":"facilitator","excused":false},{"person":3,"role":"facilitator","excused":false},{"person":4,"role":"moderator","excused":false},{"person":5,"role":"moderator","excused":false},{"person":6,"role":"participant","decision_type":"work_activity","excused":false},{"person":7,"role":"participant","decision_type":"social_rehabilitation","excused":false},{"person":8,"role":"participant","decision_type":"disability_work_activity","excused":false}],"voice":true,"many_listeners":false,"feedback_closes_at":1796378400000}}]}',X'2EA384310F09773B9796686070A6E791');
CREATE TABLE submissions (
  id INTEGER PRIMARY KEY AUTOINCREMENT, assignment INTEGER NOT NULL REFERENCES assignments,
  person INTEGER NOT NULL REFERENCES people,
  state TEXT NOT NULL, version INTEGER NOT NULL, source TEXT NOT NULL, late INTEGER NOT NULL, returned_at INTEGER,
  claimed_by INTEGER, claimed_until INTEGER, sent_at INTEGER, left_at INTEGER, wants_call INTEGER,
  answers_by_phone INTEGER, read_at INTEGER,
  words TEXT NOT NULL, words_version INTEGER NOT NULL, saved_at INTEGER NOT NULL, assignment_version INTEGER NOT NULL,
  sharing TEXT NOT NULL, shared_at INTEGER, call_back TEXT, worry_done TEXT, thanks TEXT, thanks_at INTEGER,
  answer TEXT NOT NULL, answer_version INTEGER NOT NULL, answer_by INTEGER, answer_saved_at INTEGER,
  looked_at_by INTEGER, UNIQUE (assignment, person)) STRICT;
CREATE INDEX sessions_by_start ON sessions (starts_at);
CREATE INDEX people_by_name ON people (name_key);
CREATE INDEX registrations_by_person ON registrations (person);
CREATE INDEX invitations_by_person ON invitations (session, person);
CREATE UNIQUE INDEX staff_roles_once ON staff_roles (account, ifnull(series, 0), role);
CREATE INDEX sign_ins_by_account ON sign_ins (account);
CREATE INDEX mails_by_session ON mails (session);
CREATE INDEX mails_waiting ON mails (next_try_at) WHERE state = 'waiting';
CREATE INDEX people_by_same_as ON people (same_as) WHERE same_as IS NOT NULL;
CREATE INDEX assignments_by_session ON assignments (session);
CREATE INDEX submissions_by_person ON submissions (person);
CREATE INDEX other_words_by_submission ON other_words (submission);
CREATE INDEX photos_by_submission ON photos (submission);
CREATE INDEX improvements_by_series ON improvements (series);
CREATE INDEX day_people_by_session ON day_people (session);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('invitations',8);
INSERT INTO "sqlite_sequence" VALUES('people',14);
INSERT INTO "sqlite_sequence" VALUES('staff_accounts',3);
INSERT INTO "sqlite_sequence" VALUES('sessions',2);
INSERT INTO "sqlite_sequence" VALUES('access_notes',5);
COMMIT;
