import journal from './meta/_journal.json';
import m0000 from './0000_begin-the-register.sql';
import m0001 from './0001_compact-the-log.sql';
import m0002 from './0002_give-keys-terms.sql';
import m0003 from './0003_keep-what-recovers.sql';
import m0004 from './0004_tell-vaults-what-was-stated.sql';
import m0005 from './0005_name-who-gave-a-command.sql';
import m0006 from './0006_find-a-persons-phones.sql';
import m0007 from './0007_end-and-impose.sql';
import m0008 from './0008_find-what-was-done-to-an-exclusion.sql';
import m0009 from './0009_act-on-tokens.sql';
import m0010 from './0010_rotate-the-root.sql';
import m0011 from './0011_keep-canaries.sql';
import m0012 from './0012_keep-who-holds-tokens.sql';
import m0013 from './0013_commit-to-the-log.sql';
import m0014 from './0014_carry-what-was-done.sql';
import m0015 from './0015_let-keys-be-for-tests.sql';

  export default {
    journal,
    migrations: {
      m0000,
m0001,
m0002,
m0003,
m0004,
m0005,
m0006,
m0007,
m0008,
m0009,
m0010,
m0011,
m0012,
m0013,
m0014,
m0015
    }
  }
  