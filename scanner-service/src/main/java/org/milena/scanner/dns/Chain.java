package org.milena.scanner.dns;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;

/** Where the aliases in an answer lead (RFC 1034 section 3.6.2). */
sealed interface Chain {

  /**
   * To records.
   *
   * @param ttl in seconds, of the shortest-lived record on the way; so in the other cases
   */
  record Records(List<Record> records, long ttl) implements Chain {}

  /**
   * To a name that is not there, or has no such record (RFC 2308).
   *
   * @param ttl 0 when the zone does not say how long that may be kept
   */
  record Nothing(boolean name, long ttl) implements Chain {}

  /** To a name of which the answer says nothing more. */
  record Onward(Name target, long ttl) implements Chain {}

  /** Back to where it was, or too far. */
  record Circle() implements Chain {}

  int MAX_ALIASES = 12;

  /**
   * Follows them.
   *
   * @param seen names that were passed already; grows
   */
  static Chain follow(Message answer, Name from, int type, Set<Name> seen) {
    Name at = from;
    long ttl = Long.MAX_VALUE;
    while (true) {
      List<Record> found = new ArrayList<>();
      CNAMERecord alias = null;
      for (Record record : answer.getSection(Section.ANSWER)) {
        if (record.getName().equals(at) && record.getType() == type) {
          found.add(record);
          ttl = Math.min(ttl, record.getTTL());
        } else if (record.getName().equals(at) && record instanceof CNAMERecord to) {
          alias = to;
        }
      }
      if (!found.isEmpty()) {
        return new Records(found, ttl);
      }
      if (alias == null) {
        return end(answer, at, at.equals(from), ttl);
      }
      ttl = Math.min(ttl, alias.getTTL());
      at = alias.getTarget();
      if (seen.size() > MAX_ALIASES || !seen.add(at)) {
        return new Circle();
      }
    }
  }

  private static Chain end(Message answer, Name at, boolean unmoved, long ttl) {
    for (Record record : answer.getSection(Section.AUTHORITY)) {
      if (record instanceof SOARecord soa && at.subdomain(soa.getName())) {
        long allowed = Math.min(soa.getTTL(), soa.getMinimum());
        return new Nothing(answer.getRcode() != Rcode.NXDOMAIN, Math.min(ttl, allowed));
      }
    }
    if (answer.getRcode() == Rcode.NXDOMAIN) {
      return new Nothing(false, 0);
    }
    return unmoved ? new Nothing(true, 0) : new Onward(at, ttl);
  }
}
