package org.milena.scanner.icap;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a reply encapsulates (RFC 3507 section 4.4.1).
 *
 * @param headOctets length of the HTTP response head; zero without one
 * @param body whether a body follows
 */
record Sections(int headOctets, boolean body) {

  private static final Pattern ITEM = Pattern.compile("([a-z]+-[a-z]+) *= *([0-9]{1,7})");

  static Sections of(Head icap) throws MalformedReplyException {
    String value = icap.field("encapsulated");
    if (value.isEmpty()) {
      return new Sections(0, false);
    }
    Map<String, Integer> offsets = new LinkedHashMap<>();
    for (String one : value.split(",", -1)) {
      Matcher item = ITEM.matcher(one.strip());
      if (!item.matches()) {
        throw new MalformedReplyException("Encapsulated: " + value);
      }
      offsets.put(item.group(1), Integer.parseInt(item.group(2)));
    }
    boolean body = offsets.containsKey("res-body");
    Integer end = body ? offsets.get("res-body") : offsets.get("null-body");
    Integer start = offsets.get("res-hdr");
    if (end == null && offsets.containsKey("opt-body")) {
      throw new MalformedReplyException("a body of options: " + value);
    }
    if (end == null || (start != null && start != 0) || (start == null && end != 0)) {
      throw new MalformedReplyException("Encapsulated: " + value);
    }
    if (end > Head.MAX_OCTETS) {
      throw new MalformedReplyException("a head of " + end + " octets");
    }
    return new Sections(end, body);
  }
}
