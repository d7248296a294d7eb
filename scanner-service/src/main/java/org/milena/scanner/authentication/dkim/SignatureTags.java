package org.milena.scanner.authentication.dkim;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.milena.scanner.authentication.dkim.TagList.Tag;

/**
 * What a signature says of itself, read and found to make sense (RFC 6376 section 3.5; for ARC, RFC
 * 8617 sections 4.1.2 and 4.1.3).
 */
public final class SignatureTags {

  /** Whose signature it is, which decides what must be in it. */
  public enum Kind {
    /** {@code DKIM-Signature}. */
    DKIM,
    /** {@code ARC-Message-Signature}: no version, no identity; need not sign From. */
    ARC_MESSAGE,
    /** {@code ARC-Seal}: signs no body, and a fixed set of fields. */
    ARC_SEAL
  }

  /** What came of reading. */
  public sealed interface Reading {

    /** It makes sense. */
    record Readable(SignatureTags tags) implements Reading {}

    /** It does not, or is of a kind that is not verified. */
    record Refused(Finding finding) implements Reading {}
  }

  /** Clocks differ, and mail waits; so long after its end a signature is still taken. */
  private static final Duration GRACE = Duration.ofMinutes(5);

  private static final Duration FAR_FUTURE = Duration.ofHours(1);

  private final TagList list;
  private final Kind kind;
  private final Algorithm algorithm;
  private final String domain;
  private final String selector;
  private final byte[] signature;
  private final byte[] bodyHash;
  private final Canonicalization headerForm;
  private final Canonicalization bodyForm;
  private final List<String> fields;
  private final String identityDomain;
  private final OptionalLong limit;
  private final OptionalLong signedAt;
  private final OptionalLong expires;

  private SignatureTags(TagList list, Kind kind) {
    this.list = list;
    this.kind = kind;
    version();
    algorithm =
        Algorithm.named(required("a"))
            .orElseThrow(() -> unreadable("an algorithm nobody knows in a="));
    domain = name("d");
    selector = name("s");
    signature = base64("b");
    bodyHash = kind == Kind.ARC_SEAL ? new byte[0] : base64("bh");
    String[] forms = list.value("c").orElse("simple/simple").split("/", 2);
    headerForm = kind == Kind.ARC_SEAL ? Canonicalization.RELAXED : form(forms[0]);
    bodyForm = forms.length > 1 ? form(forms[1]) : Canonicalization.SIMPLE;
    queryMethod();
    fields = kind == Kind.ARC_SEAL ? List.of() : readFields();
    identityDomain = kind == Kind.DKIM ? readIdentity() : domain;
    limit = number("l", 76);
    signedAt = number("t", 12);
    expires = number("x", 12);
    if (signedAt.isPresent()
        && expires.isPresent()
        && expires.getAsLong() <= signedAt.getAsLong()) {
      throw permanent("expires before it was made");
    }
  }

  /** Reads the tags of a signature. */
  public static Reading read(TagList list, Kind kind) {
    try {
      return new Reading.Readable(new SignatureTags(list, kind));
    } catch (Refusal refusal) {
      return new Reading.Refused(refusal.finding);
    }
  }

  private void version() {
    if (kind == Kind.DKIM && !required("v").equals("1")) {
      throw unreadable("a version nobody knows in v=");
    }
  }

  private String required(String name) {
    String value = list.value(name).orElseThrow(() -> permanent(name + "= is missing"));
    if (value.isEmpty()) {
      throw permanent(name + "= is empty");
    }
    return value;
  }

  private String name(String tag) {
    return DomainNames.toAscii(Printable.utf8(required(tag)))
        .orElseThrow(() -> permanent("no domain name in " + tag + "="));
  }

  private byte[] base64(String tag) {
    try {
      byte[] octets = Base64.getDecoder().decode(withoutSpace(required(tag)));
      if (octets.length > 0) {
        return octets;
      }
    } catch (IllegalArgumentException e) {
      // said below
    }
    throw unreadable("no base64 in " + tag + "=");
  }

  static String withoutSpace(String value) {
    var text = new StringBuilder(value.length());
    for (int i = 0; i < value.length(); i++) {
      if (!TagList.isSpace(value.charAt(i))) {
        text.append(value.charAt(i));
      }
    }
    return text.toString();
  }

  private static Canonicalization form(String name) {
    return Canonicalization.named(name)
        .orElseThrow(() -> unreadable("a canonicalization nobody knows in c="));
  }

  /** Methods nobody knows are passed over (RFC 6376 section 3.5). */
  private void queryMethod() {
    Optional<String> methods = kind == Kind.DKIM ? list.value("q") : Optional.empty();
    if (methods.isPresent()
        && Arrays.stream(methods.get().split(":", -1))
            .noneMatch(method -> withoutSpace(method).equalsIgnoreCase("dns/txt"))) {
      throw unreadable("no query method of ours in q=");
    }
  }

  private List<String> readFields() {
    String value = list.value("h").orElseThrow(() -> permanent("h= is missing"));
    if (value.isEmpty() && kind == Kind.ARC_MESSAGE) {
      return List.of();
    }
    List<String> names = new ArrayList<>();
    for (String part : value.split(":", -1)) {
      String name = part.strip().toLowerCase(Locale.ROOT);
      if (name.isEmpty() || name.chars().anyMatch(c -> c <= ' ' || c >= 0x7F)) {
        throw unreadable("no field names in h=");
      }
      names.add(name);
    }
    if (kind == Kind.DKIM && !names.contains("from")) {
      throw permanent("From is not signed");
    }
    return List.copyOf(names);
  }

  private String readIdentity() {
    Optional<String> identity = list.value("i");
    if (identity.isEmpty()) {
      return domain;
    }
    String address = Printable.utf8(quotedPrintable(withoutSpace(identity.get())));
    int at = address.lastIndexOf('@');
    String below =
        DomainNames.toAscii(address.substring(at + 1))
            .filter(_ -> at >= 0)
            .orElseThrow(() -> permanent("no address in i="));
    if (!DomainNames.isWithin(below, domain)) {
      throw permanent("i= is not within d=");
    }
    return below;
  }

  /** RFC 6376 section 2.11; what is no escape stays as it is. */
  private static String quotedPrintable(String text) {
    var plain = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      int high = c == '=' && i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
      int low = high >= 0 ? Character.digit(text.charAt(i + 2), 16) : -1;
      if (low >= 0) {
        plain.append((char) (high * 16 + low));
        i += 2;
      } else {
        plain.append(c);
      }
    }
    return plain.toString();
  }

  private OptionalLong number(String tag, int maxDigits) {
    Optional<String> value = list.value(tag);
    if (value.isEmpty()) {
      return OptionalLong.empty();
    }
    String digits = value.get();
    if (digits.isEmpty()
        || digits.length() > maxDigits
        || digits.chars().anyMatch(c -> c < '0' || c > '9')) {
      throw unreadable("no number in " + tag + "=");
    }
    // nineteen digits may be too many for a long, and are more octets than there are
    return OptionalLong.of(digits.length() > 18 ? Long.MAX_VALUE : Long.parseLong(digits));
  }

  /**
   * What speaks against it although it makes sense: RFC 8301, its age, a domain that is nobody's.
   * These are rules and no faults, so the result is "policy" (RFC 8601 section 2.7.1: some aspect
   * of the signature was not acceptable), as the large providers report weak keys.
   */
  public Optional<Finding> objection(Instant now) {
    if (algorithm.isHistoric()) {
      return Optional.of(Finding.policy("rsa-sha1 is not to be trusted (RFC 8301)"));
    }
    if (domain.indexOf('.') < 0) {
      return Optional.of(Finding.policy("signed by a top-level domain"));
    }
    if (expires.isPresent() && now.minus(GRACE).getEpochSecond() > expires.getAsLong()) {
      return Optional.of(Finding.policy("expired"));
    }
    if (signedAt.isPresent() && signedAt.getAsLong() > now.plus(FAR_FUTURE).getEpochSecond()) {
      return Optional.of(Finding.policy("made in the future"));
    }
    return Optional.empty();
  }

  /** {@code a=}. */
  public Algorithm algorithm() {
    return algorithm;
  }

  /** {@code d=} as A-labels in lower case. */
  public String domain() {
    return domain;
  }

  /** {@code s=} as A-labels in lower case. */
  public String selector() {
    return selector;
  }

  /** {@code h=} in lower case. */
  public List<String> fields() {
    return fields;
  }

  /** How many octets of the body are signed: {@code l=}; all of them without it. */
  public OptionalLong limit() {
    return limit;
  }

  /** Any other tag, as it stands there. */
  public Optional<String> value(String tag) {
    return list.value(tag);
  }

  Canonicalization headerForm() {
    return headerForm;
  }

  Canonicalization bodyForm() {
    return bodyForm;
  }

  String identityDomain() {
    return identityDomain;
  }

  byte[] signature() {
    return signature;
  }

  byte[] bodyHash() {
    return bodyHash;
  }

  /** The tag whose value is left out of what is signed. */
  Tag signatureTag() {
    return list.tag("b").orElseThrow();
  }

  private static Refusal permanent(String reason) {
    return new Refusal(Finding.permanent(reason));
  }

  private static Refusal unreadable(String reason) {
    return new Refusal(Finding.unreadable(reason));
  }

  /** Leaves the constructor, and no further; without a stack trace, as hostile mail makes many. */
  private static final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Finding finding;

    Refusal(Finding finding) {
      super(finding.reason(), null, false, false);
      this.finding = finding;
    }
  }
}
