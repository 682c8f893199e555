import journal from './meta/_journal.json';
import m0000 from './0000_begin-the-feed.sql';
import m0001 from './0001_acknowledge-events.sql';

  export default {
    journal,
    migrations: {
      m0000,
m0001
    }
  }
  