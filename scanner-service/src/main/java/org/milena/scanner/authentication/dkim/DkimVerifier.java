package org.milena.scanner.authentication.dkim;

import java.time.InstantSource;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.milena.common.event.AuthenticationEvidence.Signature;
import org.milena.common.event.AuthenticationReport.Result;
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
  static final int MAX_SIGNATURES = 10;

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

  /** What came of the first ten signatures from the top, in their order. */
  public List<Signature> verify(RawMessage message) {
    var signed = new SignedMessage(message);
    var check = new SignatureCheck(new KeyFinder(names, clock));
    return signed.fields("dkim-signature").stream()
        .limit(MAX_SIGNATURES)
        .map(field -> verify(signed, field, check))
        .toList();
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
    // the one that is shown may be the one that was added (RFC 6376 section 8.15)
    long signedAuthors = tags.fields().stream().filter("from"::equals).count();
    return message.fields("from").size() > signedAuthors
        ? Optional.of(Finding.policy("there are more From fields than are signed"))
        : Optional.empty();
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
        tags.value("d").map(Printable::utf8).flatMap(DomainNames::toAscii).orElse(""),
        tags.value("s").map(Printable::utf8).flatMap(DomainNames::toAscii).orElse(""),
        Printable.text(tags.value("a").orElse(""), MAX_NAME),
        fields,
        wholeBody,
        finding.reason());
  }
}
