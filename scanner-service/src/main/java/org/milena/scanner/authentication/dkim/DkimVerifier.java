package org.milena.scanner.authentication.dkim;

import java.time.InstantSource;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.milena.common.event.AuthenticationEvidence.Signature;
import org.milena.common.event.AuthenticationReport.Result;
import org.milena.common.header.AddressListParser;
import org.milena.common.header.HeaderField;
import org.milena.common.mail.RawMessage;
import org.milena.scanner.authentication.dkim.SignatureTags.Kind;
import org.milena.scanner.authentication.dkim.SignatureTags.Reading;
import org.milena.scanner.authentication.lookup.NameLookup;

/**
 * Verifies the DKIM signatures of messages (RFC 6376 section 6). May be used by many threads.
 *
 * <p>Results are those of RFC 8601 section 2.7.1: "neutral" for what cannot be read, "permerror"
 * for what can be and is wrong in itself or without a usable key, "fail" when message and signature
 * do not belong together, "policy" for what would be good but for a rule, "temperror" when the key
 * could not be asked for.
 */
public final class DkimVerifier {

  /** More are not looked at; real mail has one to four. */
  public static final int MAX_SIGNATURES = 10;

  /** Fields of which there is one (RFC 5322 section 3.6, RFC 2045) and readers show one. */
  private static final List<String> SINGLE =
      List.of(
          "From",
          "To",
          "Cc",
          "Subject",
          "Date",
          "Sender",
          "Reply-To",
          "Message-ID",
          "MIME-Version",
          "Content-Type",
          "Content-Transfer-Encoding");

  private static final int MAX_NAMES = 100;
  private static final int MAX_NAME = 80;

  private final NameLookup names;
  private final InstantSource clock;

  /**
   * A verifier.
   *
   * @param clock by which signatures expire
   */
  public DkimVerifier(NameLookup names, InstantSource clock) {
    this.names = names;
    this.clock = clock;
  }

  /**
   * What came of the first ten signatures from the top, in their order.
   *
   * <p>The keys of the author's domain, and of those above and below it, are asked for first: the
   * time for all keys is bounded, and strangers whose keys are slow must not use it up.
   */
  public List<Signature> verify(RawMessage message) {
    var signed = new SignedMessage(message);
    var check = new SignatureCheck(new KeyFinder(names, clock));
    Optional<String> author = authorDomain(signed);
    Map<HeaderField, Integer> distances = new LinkedHashMap<>();
    signed.fields("dkim-signature").stream()
        .limit(MAX_SIGNATURES)
        .forEach(field -> distances.put(field, distance(signed, field, author)));
    Map<HeaderField, Signature> found = new HashMap<>();
    distances.entrySet().stream()
        .sorted(Map.Entry.comparingByValue())
        .forEach(entry -> found.put(entry.getKey(), verify(signed, entry.getKey(), check)));
    return distances.keySet().stream().map(found::get).toList();
  }

  /** Of the one From field its first address: where DMARC takes several, they are of one domain. */
  private static Optional<String> authorDomain(SignedMessage message) {
    List<HeaderField> from = message.fields("from");
    return from.size() == 1 && message.value(from.getFirst()).isPresent()
        ? AddressListParser.first(from.getFirst().value()).map(author -> author.address().domain())
        : Optional.empty();
  }

  private static int distance(SignedMessage message, HeaderField field, Optional<String> author) {
    Optional<String> signer =
        message.value(field).flatMap(TagList::parse).flatMap(DkimVerifier::domain);
    if (signer.isEmpty() || author.isEmpty()) {
      return 2;
    }
    if (signer.equals(author)) {
      return 0;
    }
    return DomainNames.isWithin(signer.get(), author.get())
            || DomainNames.isWithin(author.get(), signer.get())
        ? 1
        : 2;
  }

  private static Optional<String> domain(TagList tags) {
    return tags.value("d").map(Printable::utf8).flatMap(DomainNames::toAscii);
  }

  /** The best of the results, a pass before all others; {@code NONE} without a signature. */
  public static Result best(List<Signature> signatures) {
    return signatures.stream()
        .map(Signature::result)
        .min(Comparator.comparingInt(SignatureCheck::rank))
        .orElse(Result.NONE);
  }

  private Signature verify(SignedMessage message, HeaderField field, SignatureCheck check) {
    Optional<String> text = message.value(field);
    if (text.isEmpty()) {
      return unread(Finding.permanent("longer than " + SignedMessage.MAX_SIGNATURE + " octets"));
    }
    Optional<TagList> tags = TagList.parse(text.get());
    if (tags.isEmpty()) {
      return unread(Finding.unreadable("no list of tags"));
    }
    return switch (SignatureTags.read(tags.get(), Kind.DKIM)) {
      case Reading.Refused(var finding) ->
          evidence(finding, tags.get(), tags.get().tag("l").isEmpty());
      case Reading.Readable(var readable) -> {
        Finding finding =
            objection(message, readable).orElseGet(() -> check.ofMessage(readable, message, field));
        boolean whole = readable.limit().isEmpty() || message.bodyHash(readable).isWhole();
        yield evidence(finding, tags.get(), whole);
      }
    };
  }

  private Optional<Finding> objection(SignedMessage message, SignatureTags tags) {
    Optional<Finding> objection = tags.objection(clock.instant());
    if (objection.isPresent()) {
      return objection;
    }
    Optional<String> doubt = message.doubt();
    if (doubt.isPresent()) {
      return doubt.map(Finding::policy);
    }
    return SINGLE.stream()
        .filter(name -> isBesideTheSigned(name, message, tags))
        .findFirst()
        .map(name -> Finding.policy("there are more " + name + " fields than are signed"));
  }

  /** The one that is shown may be the one that was added (RFC 6376 section 8.15). */
  private static boolean isBesideTheSigned(String name, SignedMessage message, SignatureTags tags) {
    String key = name.toLowerCase(Locale.ROOT);
    int there = message.fields(key).size();
    return there > 1 && there > tags.fields().stream().filter(key::equals).count();
  }

  private static Signature unread(Finding finding) {
    return new Signature(finding.result(), "", "", "", List.of(), false, finding.reason());
  }

  private static Signature evidence(Finding finding, TagList tags, boolean wholeBody) {
    List<String> fields =
        Arrays.stream(tags.value("h").orElse("").split(":", MAX_NAMES + 1))
            .limit(MAX_NAMES)
            .map(String::strip)
            .filter(name -> !name.isEmpty())
            .map(name -> Printable.text(name.toLowerCase(Locale.ROOT), MAX_NAME))
            .toList();
    return new Signature(
        finding.result(),
        domain(tags).orElse(""),
        tags.value("s").map(Printable::utf8).flatMap(DomainNames::toAscii).orElse(""),
        Printable.text(tags.value("a").orElse(""), MAX_NAME),
        fields,
        wholeBody,
        finding.reason());
  }
}
