package org.milena.scanner.authentication.spf;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.milena.common.event.AuthenticationReport.Result;
import org.milena.scanner.authentication.spf.Mechanism.Prefixes;
import org.milena.scanner.authentication.spf.SpfRecord.Directive;

/**
 * Reads a policy (RFC 7208 section 12). An error anywhere makes the whole invalid, before anything
 * is evaluated (section 4.6).
 */
final class RecordReader {
  private static final String VERSION = "v=spf1";

  private static final Pattern MODIFIER = Pattern.compile("([A-Za-z][A-Za-z0-9_.-]*)=(.*)");
  private static final Pattern IP4 =
      Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(?:\\.(?!$)|$)){4}");
  private static final Pattern IP6 = Pattern.compile("[0-9A-Fa-f:.]{2,45}");
  private static final Pattern LENGTH = Pattern.compile("0|[1-9]\\d{0,2}");
  private static final Pattern LENGTHS = Pattern.compile("(?:/(\\d+))?(?://(\\d+))?$");

  private final List<Directive> directives = new ArrayList<>();
  private Optional<MacroText> redirect = Optional.empty();
  private Optional<MacroText> explanation = Optional.empty();

  private RecordReader() {}

  /** Whether a TXT record is a policy of this version at all (section 4.5). */
  static boolean isPolicy(String text) {
    return text.regionMatches(true, 0, VERSION, 0, VERSION.length())
        && (text.length() == VERSION.length() || text.charAt(VERSION.length()) == ' ');
  }

  /** Reads one that {@link #isPolicy}. */
  static ParsedRecord read(String text) {
    var reader = new RecordReader();
    try {
      for (String term : text.substring(VERSION.length()).split(" ", -1)) {
        if (!term.isEmpty()) {
          reader.term(term);
        }
      }
    } catch (SyntaxFault fault) {
      return new ParsedRecord.Invalid(fault.reason());
    }
    return new ParsedRecord.Valid(
        new SpfRecord(reader.directives, reader.redirect, reader.explanation));
  }

  private void term(String term) throws SyntaxFault {
    if (!term.chars().allMatch(c -> c > ' ' && c <= '~')) {
      throw new SyntaxFault("a character that is not visible ASCII");
    }
    Matcher modifier = MODIFIER.matcher(term);
    if (modifier.matches()) {
      modifier(modifier.group(1).toLowerCase(Locale.ROOT), modifier.group(2));
    } else {
      directives.add(directive(term));
    }
  }

  private void modifier(String name, String value) throws SyntaxFault {
    switch (name) {
      case "redirect" -> redirect = once(redirect, name, value);
      case "exp" -> explanation = once(explanation, name, value);
      default -> {
        var unused = MacroText.read(value, MacroText.Place.RECORD);
      }
    }
  }

  private static Optional<MacroText> once(Optional<MacroText> before, String name, String value)
      throws SyntaxFault {
    if (before.isPresent()) {
      throw new SyntaxFault(name + "= twice");
    }
    return Optional.of(MacroText.readDomain(value));
  }

  private static Directive directive(String term) throws SyntaxFault {
    Result qualifier =
        switch (term.charAt(0)) {
          case '-' -> Result.FAIL;
          case '~' -> Result.SOFTFAIL;
          case '?' -> Result.NEUTRAL;
          default -> Result.PASS;
        };
    String rest = "+-~?".indexOf(term.charAt(0)) >= 0 ? term.substring(1) : term;
    int end = 0;
    while (end < rest.length() && rest.charAt(end) != ':' && rest.charAt(end) != '/') {
      end++;
    }
    String name = rest.substring(0, end).toLowerCase(Locale.ROOT);
    return new Directive(qualifier, mechanism(name, rest.substring(end), term), term);
  }

  /**
   * A mechanism.
   *
   * @param value from the colon or the slash on; empty when there is none
   */
  private static Mechanism mechanism(String name, String value, String term) throws SyntaxFault {
    return switch (name) {
      case "all" -> {
        if (!value.isEmpty()) {
          throw new SyntaxFault("all takes nothing: " + term);
        }
        yield new Mechanism.All();
      }
      case "include" -> new Mechanism.Include(MacroText.readDomain(needed(value, term)));
      case "exists" -> new Mechanism.Exists(MacroText.readDomain(needed(value, term)));
      case "ptr" -> new Mechanism.Ptr(target(value, term));
      case "a" -> {
        String target = withoutLengths(value);
        yield new Mechanism.A(target(target, term), lengths(value.substring(target.length())));
      }
      case "mx" -> {
        String target = withoutLengths(value);
        yield new Mechanism.Mx(target(target, term), lengths(value.substring(target.length())));
      }
      case "ip4" -> new Mechanism.Ip(ip4(needed(value, term)));
      case "ip6" -> new Mechanism.Ip(ip6(needed(value, term)));
      default -> throw new SyntaxFault("no mechanism: " + term);
    };
  }

  private static String needed(String value, String term) throws SyntaxFault {
    if (!value.startsWith(":") || value.length() == 1) {
      throw new SyntaxFault("something is missing: " + term);
    }
    return value.substring(1);
  }

  private static Optional<MacroText> target(String value, String term) throws SyntaxFault {
    return value.isEmpty()
        ? Optional.empty()
        : Optional.of(MacroText.readDomain(needed(value, term)));
  }

  private static String withoutLengths(String value) {
    Matcher lengths = LENGTHS.matcher(value);
    return lengths.find() ? value.substring(0, lengths.start()) : value;
  }

  private static Prefixes lengths(String text) throws SyntaxFault {
    Matcher lengths = LENGTHS.matcher(text);
    if (text.isEmpty() || !lengths.matches()) {
      return Prefixes.WHOLE;
    }
    String four = lengths.group(1);
    String six = lengths.group(2);
    return new Prefixes(
        four == null ? Prefixes.WHOLE.four() : length(four, Prefixes.WHOLE.four()),
        six == null ? Prefixes.WHOLE.six() : length(six, Prefixes.WHOLE.six()));
  }

  private static int length(String digits, int most) throws SyntaxFault {
    if (!LENGTH.matcher(digits).matches() || Integer.parseInt(digits) > most) {
      throw new SyntaxFault("no length of a prefix: /" + digits);
    }
    return Integer.parseInt(digits);
  }

  private static Network ip4(String text) throws SyntaxFault {
    int slash = text.indexOf('/');
    String address = slash < 0 ? text : text.substring(0, slash);
    if (!IP4.matcher(address).matches()) {
      throw new SyntaxFault("no IPv4 address: " + address);
    }
    int bits = slash < 0 ? Prefixes.WHOLE.four() : length(text.substring(slash + 1), 32);
    return Network.of(InetAddress.ofLiteral(address).getAddress(), bits);
  }

  private static Network ip6(String text) throws SyntaxFault {
    int slash = text.indexOf('/');
    String address = slash < 0 ? text : text.substring(0, slash);
    if (address.indexOf(':') < 0 || !IP6.matcher(address).matches()) {
      throw new SyntaxFault("no IPv6 address: " + address);
    }
    int bits = slash < 0 ? Prefixes.WHOLE.six() : length(text.substring(slash + 1), 128);
    try {
      return Network.of(sixteen(InetAddress.ofLiteral(address)), bits);
    } catch (IllegalArgumentException e) {
      throw new SyntaxFault("no IPv6 address: " + address);
    }
  }

  /** The JDK reads a mapped address as IPv4; here it stays what it was written as. */
  private static byte[] sixteen(InetAddress address) {
    byte[] octets = address.getAddress();
    if (!(address instanceof Inet4Address)) {
      return octets;
    }
    byte[] mapped = new byte[16];
    Arrays.fill(mapped, 10, 12, (byte) -1);
    System.arraycopy(octets, 0, mapped, 12, octets.length);
    return mapped;
  }
}
