package org.milena.common.mail;

import com.ibm.icu.text.IDNA;
import java.util.Locale;

/**
 * The grammar of RFC 5321 section 4.1.2 with the non-ASCII additions of RFC 6531 section 3.3.
 *
 * <p>Stricter than the grammar in four places, each a known way to slip something past a mail
 * server: angle brackets inside quotes, the percent-encoded line breaks {@code %0d} and {@code %0a}
 * (and {@code %00}), characters that normalise to ASCII, and invisible ones that change the reading
 * direction.
 */
final class AddressSyntax {

  private static final int MAX_LOCAL_PART = 64;
  private static final int MAX_DOMAIN = 255;
  private static final int MAX_PATH = 256;
  private static final int MAX_LABEL = 63;

  private AddressSyntax() {}

  /** Text that is no address; without a stack trace, since hostile input makes many of them. */
  static final class Refused extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;
    private final String reason;

    Refused(String reason) {
      super(reason, null);
      this.reason = reason;
    }

    String reason() {
      return reason;
    }

    @Override
    public Throwable fillInStackTrace() {
      return this;
    }
  }

  static MailAddress mailbox(String text) {
    if (text.length() > MAX_PATH) {
      throw new Refused("address is longer than 254 octets");
    }
    int at = text.startsWith("\"") ? endOfQuoted(text) : text.indexOf('@');
    if (at < 0 || at >= text.length() || text.charAt(at) != '@') {
      throw new Refused("address needs one @ between local part and domain");
    }
    String local = text.substring(0, at);
    if (local.startsWith("\"")) {
      local = unquote(local);
    } else if (!isDotString(local)) {
      throw new Refused(dotStringFault(local));
    }
    return new MailAddress(local, text.substring(at + 1));
  }

  /** Index just after the closing quote, or -1. */
  private static int endOfQuoted(String text) {
    for (int i = 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '"') {
        return i + 1;
      }
    }
    return -1;
  }

  private static String unquote(String quoted) {
    var content = new StringBuilder(quoted.length());
    for (int i = 1; i < quoted.length() - 1; i++) {
      char c = quoted.charAt(i);
      content.append(c == '\\' ? quoted.charAt(++i) : c);
    }
    return content.toString();
  }

  private static String dotStringFault(String local) {
    if (local.isEmpty()) {
      return "local part is empty";
    }
    if (local.startsWith(".") || local.endsWith(".") || local.contains("..")) {
      return "local part has a dot at its start or end, or two in a row";
    }
    return "local part has a character that needs quotes";
  }

  /** What may be inside, quoted or not: printable, without brackets or disguised line breaks. */
  static void checkLocalPart(String content) {
    for (int i = 0; i < content.length(); ) {
      int c = content.codePointAt(i);
      if (c < ' ' || c == 0x7F || c == '<' || c == '>') {
        throw new Refused("local part has a control character or angle bracket");
      }
      if (c == '%' && isEncodedControl(content, i)) {
        throw new Refused("local part has an encoded control character");
      }
      if (c > 0x7F && !isPlainLetter(c)) {
        throw new Refused("local part has a character that is invisible or not a letter");
      }
      i += Character.charCount(c);
    }
  }

  private static boolean isEncodedControl(String text, int percent) {
    if (percent + 2 >= text.length() || text.charAt(percent + 1) != '0') {
      return false;
    }
    char digit = text.charAt(percent + 2);
    return digit == '0' || digit == 'a' || digit == 'A' || digit == 'd' || digit == 'D';
  }

  private static boolean isPlainLetter(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.PRIVATE_USE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SPACE_SEPARATOR ->
          false;
      // the joiners are part of Persian and Indic spelling, the rest of the class hides things
      case Character.FORMAT -> c == 0x200C || c == 0x200D;
      // Kelvin sign, Greek question mark, Greek varia: their normal form is ASCII
      default -> c != 0x212A && c != 0x37E && c != 0x1FEF;
    };
  }

  static void checkLengths(String localPart, String canonicalDomain) {
    int local = utf8Length(quoteIfNeeded(localPart));
    if (local > MAX_LOCAL_PART) {
      throw new Refused("local part is longer than 64 octets");
    }
    if (local + 1 + canonicalDomain.length() + 2 > MAX_PATH) {
      throw new Refused("address is longer than 254 octets");
    }
  }

  static String quoteIfNeeded(String localPart) {
    if (isDotString(localPart)) {
      return localPart;
    }
    var quoted = new StringBuilder(localPart.length() + 8).append('"');
    for (int i = 0; i < localPart.length(); i++) {
      char c = localPart.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\');
      }
      quoted.append(c);
    }
    return quoted.append('"').toString();
  }

  private static boolean isDotString(String text) {
    boolean afterDot = true;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '.' ? afterDot : !isAtext(c)) {
        return false;
      }
      afterDot = c == '.';
    }
    return !afterDot;
  }

  /** {@code atext} of RFC 5322 section 3.2.3 and RFC 6531. */
  static boolean isAtext(char c) {
    return c > 0x7F
        || (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || "!#$%&'*+-/=?^_`{|}~".indexOf(c) >= 0;
  }

  /**
   * Domain in the one form we keep.
   *
   * @throws Refused when it is none
   */
  static String canonicalDomain(String domain) {
    if (domain.startsWith("[")) {
      return AddressLiteral.canonical(domain);
    }
    if (domain.length() > MAX_DOMAIN) {
      throw new Refused("domain is longer than 255 octets");
    }
    String ascii = isAscii(domain) ? domain.toLowerCase(Locale.ROOT) : Idna.toAscii(domain);
    checkHostName(ascii);
    return ascii;
  }

  private static void checkHostName(String domain) {
    if (domain.length() > MAX_DOMAIN) {
      throw new Refused("domain is longer than 255 octets");
    }
    int label = 0;
    for (int i = 0; i <= domain.length(); i++) {
      char c = i < domain.length() ? domain.charAt(i) : '.';
      if (c == '.') {
        if (i == label) {
          throw new Refused("domain is empty or has an empty label");
        }
        if (i - label > MAX_LABEL) {
          throw new Refused("domain has a label longer than 63 octets");
        }
        if (domain.charAt(label) == '-' || domain.charAt(i - 1) == '-') {
          throw new Refused("domain has a label that starts or ends with a hyphen");
        }
        label = i + 1;
      } else if (!isHostCharacter(c)) {
        throw new Refused("domain has a character that no host name has");
      }
    }
    String topLevel = domain.substring(domain.lastIndexOf('.') + 1);
    if (topLevel.chars().allMatch(c -> c >= '0' && c <= '9')) {
      // no top-level domain is a number (RFC 3696 section 2), so this is 192.0.2.1 or part of it
      throw new Refused("domain is an IP address without brackets");
    }
  }

  private static boolean isHostCharacter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  }

  static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > 0x7F) {
        return false;
      }
    }
    return true;
  }

  private static int utf8Length(String text) {
    int octets = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      octets += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
    }
    return octets;
  }

  /** Loaded at the first domain outside ASCII, with the tables of ICU. */
  private static final class Idna {
    private static final IDNA UTS46 =
        IDNA.getUTS46Instance(
            IDNA.NONTRANSITIONAL_TO_ASCII
                | IDNA.USE_STD3_RULES
                | IDNA.CHECK_BIDI
                | IDNA.CHECK_CONTEXTJ);

    static String toAscii(String domain) {
      var info = new IDNA.Info();
      var ascii = UTS46.nameToASCII(domain, new StringBuilder(), info);
      if (info.hasErrors()) {
        throw new Refused("domain is no internationalized domain name (IDNA 2008)");
      }
      return ascii.toString();
    }
  }
}
