import journal from './meta/_journal.json';
import m0000 from './0000_begin-the-vault.sql';
import m0001 from './0001_keep-the-checks-that-found-them.sql';
import m0002 from './0002_shred-vaults-and-note-who-read.sql';
import m0003 from './0003_keep-the-whole-vault.sql';
import m0004 from './0004_keep-what-recovers.sql';
import m0005 from './0005_keep-what-was-done.sql';
import m0006 from './0006_verify-documents.sql';
import m0007 from './0007_keep-what-staff-read.sql';
import m0008 from './0008_commit-to-the-log.sql';
import m0009 from './0009_keep-what-the-log-was-not-told.sql';

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
m0009
    }
  }
  