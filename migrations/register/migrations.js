import journal from './meta/_journal.json';
import m0000 from './0000_begin-the-register.sql';
import m0001 from './0001_compact-the-log.sql';
import m0002 from './0002_notice-lost-rows.sql';
import m0003 from './0003_keep-a-journal.sql';
import m0004 from './0004_keep-the-salvaged.sql';

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
  