package org.milena.scanner.icap;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.milena.common.event.ScanReport.Objection;
import org.milena.scanner.scan.EngineVerdict;
import org.milena.scanner.scan.ShownText;

/**
 * The fields in which services say what they found. No standard names them;
 * draft-stecher-icap-subid-00 has some, vendors the rest.
 */
final class Findings {

  private record Row(String field, Function<String, Optional<EngineVerdict>> meaning) {}

  /** The first that says something wins: the most precise ones stand first. */
  private static final List<Row> ROWS =
      List.of(
          new Row("x-infection-found", Findings::infection),
          new Row("x-virus-id", Findings::virusName),
          new Row("x-virus-name", Findings::virusName),
          new Row("x-fsecure-infection-name", Findings::virusName),
          new Row("x-fsecure-scan-result", Findings::virusName),
          new Row("x-blocked-reason", Findings::reason),
          new Row("x-block-reason", Findings::reason),
          new Row("x-mwg-block-reason", Findings::reason),
          new Row("x-blocked", Findings::reason),
          new Row("x-violations-found", Findings::violations),
          new Row("x-response-info", Findings::info));

  private static final Pattern INFECTION =
      Pattern.compile("Type= *([0-9]+) *; *Resolution= *[0-9]+ *; *Threat=(.*?);?");

  /** How services that always send the field say that there is nothing. */
  private static final Set<String> NO_NAMES =
      Set.of("no threats", "no threats detected", "no threat", "no virus", "none", "clean", "-");

  private static final Pattern MALWARE =
      Pattern.compile("infect|malware|virus|trojan|threat|worm|suspicious");
  private static final Pattern ENCRYPTED = Pattern.compile("encrypt|password");
  private static final Pattern MACRO = Pattern.compile("macro");
  private static final Pattern UNREAD =
      Pattern.compile(
          "size|large|limit|exceed|depth|support|corrupt|damaged|time|fail|error|scannable|scanned");
  private static final Pattern TYPE = Pattern.compile("type|extension|list");

  private Findings() {}

  /** What the fields say; nothing when there is none that does. */
  static Optional<EngineVerdict> in(Head icap, Optional<Head> http) {
    for (Row row : ROWS) {
      Optional<EngineVerdict> found =
          said(row, icap).or(() -> http.flatMap(head -> said(row, head)));
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private static Optional<EngineVerdict> said(Row row, Head head) {
    String value = head.field(row.field());
    return value.isEmpty() ? Optional.empty() : row.meaning().apply(value);
  }

  /** Type 0 is a virus, 1 a violation of policy, 2 a container it could not read. */
  private static Optional<EngineVerdict> infection(String value) {
    Matcher parts = INFECTION.matcher(value);
    if (!parts.matches()) {
      return Optional.of(infected(value));
    }
    String threat = parts.group(2).strip();
    boolean encrypted = has(ENCRYPTED, threat);
    return Optional.of(
        switch (parts.group(1)) {
          case "1" -> policy(encrypted ? Objection.ENCRYPTED : Objection.ATTACHMENT, threat);
          case "2" -> encrypted ? policy(Objection.ENCRYPTED, threat) : unread(threat);
          default -> named(threat);
        });
  }

  private static Optional<EngineVerdict> virusName(String value) {
    return NO_NAMES.contains(value.toLowerCase(Locale.ROOT))
        ? Optional.empty()
        : Optional.of(named(value));
  }

  /** How many, and then file, name, number and action of each. */
  private static Optional<EngineVerdict> violations(String value) {
    return value.equals("0") ? Optional.empty() : Optional.of(infected("violations: " + value));
  }

  private static Optional<EngineVerdict> info(String value) {
    if (value.toLowerCase(Locale.ROOT).startsWith("block")) {
      return reason(value);
    }
    return reason(value)
        .filter(verdict -> !(verdict instanceof EngineVerdict.Infected) || has(MALWARE, value));
  }

  private static Optional<EngineVerdict> reason(String value) {
    if (has(MALWARE, value)) {
      return Optional.of(infected(value));
    }
    if (has(ENCRYPTED, value)) {
      return Optional.of(policy(Objection.ENCRYPTED, value));
    }
    if (has(MACRO, value)) {
      return Optional.of(policy(Objection.MACRO, value));
    }
    if (has(UNREAD, value)) {
      return Optional.of(unread(value));
    }
    return Optional.of(has(TYPE, value) ? policy(Objection.ATTACHMENT, value) : infected(value));
  }

  /** ClamAV behind a service names by a signature, too, what it could not look into. */
  private static EngineVerdict named(String threat) {
    if (threat.startsWith("Heuristics.Limits.Exceeded")) {
      return unread(threat);
    }
    if (threat.startsWith("Heuristics.Encrypted") || threat.startsWith("Encrypted.")) {
      return policy(Objection.ENCRYPTED, threat);
    }
    if (threat.startsWith("Heuristics.OLE2.ContainsMacros")) {
      return policy(Objection.MACRO, threat);
    }
    return infected(threat);
  }

  private static boolean has(Pattern words, String text) {
    return words.matcher(text.toLowerCase(Locale.ROOT)).find();
  }

  private static EngineVerdict infected(String signature) {
    return new EngineVerdict.Infected(ShownText.of(signature));
  }

  private static EngineVerdict policy(Objection objection, String reason) {
    return new EngineVerdict.Policy(objection, ShownText.of(reason));
  }

  private static EngineVerdict unread(String reason) {
    return new EngineVerdict.Unscannable(ShownText.of(reason));
  }
}
