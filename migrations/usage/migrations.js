import journal from './meta/_journal.json';
import m0000 from './0000_begin-the-usage.sql';
import m0001 from './0001_guard-tokens.sql';
import m0002 from './0002_commit-to-the-log.sql';
import m0003 from './0003_enter-counts.sql';
import m0004 from './0004_count-by-key.sql';

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
  