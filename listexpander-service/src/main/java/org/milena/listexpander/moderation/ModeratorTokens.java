package org.milena.listexpander.moderation;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.milena.common.event.Hold;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.ParsedAddress;
import org.milena.common.token.SignedTokens;
import org.milena.common.token.TokenPurpose;

/**
 * What a moderator's notice carries, so that he can decide without signing in. A token is for one
 * held post and for the address it is sent to; it ends after {@link #DAYS} days, and does nothing
 * when the post is decided.
 *
 * <p>It is written in two ways. In a link it stands whole. Behind the {@code +} of an address there
 * is room for some 35 characters only, so the <em>tag</em> there leaves out what is known
 * otherwise: the moderator is the author of the answer, the list is the one written to, and the
 * post is among those that came in the millisecond that the tag names. Put together again it is the
 * same token, with the same signature.
 */
public final class ModeratorTokens {
  /** How many days a token is good for, at least; the last one is counted whole, in UTC. */
  static final int DAYS = 30;

  private static final int MILLIS_LENGTH = 8;
  private static final int DAY_LENGTH = 2;

  /** The key's id and the signature; what is signed stands behind them. */
  private static final int MAC_LENGTH = 25;

  private static final int TAG_LENGTH = MILLIS_LENGTH + DAY_LENGTH + MAC_LENGTH;
  private static final long DAY_ROUND = 36 * 36;
  private static final Pattern TAG = Pattern.compile("[a-z0-9]{" + TAG_LENGTH + "}");

  private final SignedTokens signed;

  public ModeratorTokens(SignedTokens signed) {
    this.signed = signed;
  }

  /**
   * What a token is for.
   *
   * @param moderator the address it was sent to
   */
  public record Bound(String holdId, MailAddress moderator) {}

  /**
   * A tag as it was read, with nothing proven yet.
   *
   * @param cameAt when the post came, milliseconds since 1970
   * @param day of its end, counted round
   * @param mac key id and signature
   */
  record Tag(long cameAt, int day, String mac) {}

  /** The token for a link. */
  String link(Hold hold, MailAddress moderator, Instant now) {
    return signed.issue(TokenPurpose.MODERATE, text(hold, moderator), ends(now));
  }

  /** The tag for an address. */
  String tag(Hold hold, MailAddress moderator, Instant now) {
    return digits(hold.mailId().time().toEpochMilli(), MILLIS_LENGTH)
        + digits(day(ends(now)) % DAY_ROUND, DAY_LENGTH)
        + link(hold, moderator, now).substring(0, MAC_LENGTH);
  }

  /** What the token of a link is for; empty when it is forged or too old. */
  public Optional<Bound> read(String token) {
    return signed.read(TokenPurpose.MODERATE, token).flatMap(ModeratorTokens::bound);
  }

  private static Optional<Bound> bound(String text) {
    int space = text.indexOf(' ');
    return space > 0
            && MailAddress.parse(text.substring(space + 1)) instanceof ParsedAddress.Valid(var who)
        ? Optional.of(new Bound(text.substring(0, space), who))
        : Optional.empty();
  }

  /** The tag in a text; empty when there is none. */
  static Optional<Tag> tagIn(String text) {
    Matcher matcher = TAG.matcher(text.toLowerCase(Locale.ROOT));
    if (!matcher.find()) {
      return Optional.empty();
    }
    String tag = matcher.group();
    int macAt = MILLIS_LENGTH + DAY_LENGTH;
    return Optional.of(
        new Tag(
            Long.parseLong(tag.substring(0, MILLIS_LENGTH), 36),
            Integer.parseInt(tag.substring(MILLIS_LENGTH, macAt), 36),
            tag.substring(macAt)));
  }

  /** Whether this tag was made for this post and this address, and is not too old. */
  boolean fits(Tag tag, Hold hold, MailAddress moderator, Instant now) {
    long ahead = Math.floorMod(tag.day() - day(now), DAY_ROUND);
    if (ahead > DAYS + 1 || hold.mailId().time().toEpochMilli() != tag.cameAt()) {
      return false;
    }
    Instant ends = now.truncatedTo(ChronoUnit.DAYS).plus(Duration.ofDays(ahead));
    String text = text(hold, moderator);
    String signedText = signed.issue(TokenPurpose.MODERATE, text, ends).substring(MAC_LENGTH);
    return signed
        .read(TokenPurpose.MODERATE, tag.mac() + signedText)
        .filter(text::equals)
        .isPresent();
  }

  private static String text(Hold hold, MailAddress moderator) {
    return hold.holdId() + " " + moderator.key();
  }

  private static Instant ends(Instant now) {
    return now.truncatedTo(ChronoUnit.DAYS).plus(Duration.ofDays(DAYS + 1));
  }

  private static long day(Instant at) {
    return LocalDate.ofInstant(at, ZoneOffset.UTC).toEpochDay();
  }

  private static String digits(long number, int length) {
    String text = Long.toString(number, 36);
    return "0".repeat(Math.max(0, length - text.length())) + text;
  }
}
