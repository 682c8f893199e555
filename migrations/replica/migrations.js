import journal from './meta/_journal.json';
import m0000 from './0000_create-replica.sql';
import m0001 from './0001_drop-publication-in-one-go.sql';
import m0002 from './0002_publish-in-steps.sql';
import m0003 from './0003_compact-the-log.sql';
import m0004 from './0004_keep-that-the-log-went-back.sql';

  export default {
    journal,
    migrations: {
      m0000,
m0001,
m0002,
m0003,
m0004
    }
  }
  