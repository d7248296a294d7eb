package org.milena.listexpander.command;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.milena.common.directory.OptionsPatch;
import org.milena.common.settings.DeliveryMode;
import org.milena.listexpander.sentence.Phrase;

/** Reads what stands behind {@code set}: Mailman's pairs and Sympa's single words. */
final class SetReader {

  /** The command of these words. */
  static MailCommand read(List<String> words) {
    if (words.isEmpty()) {
      return new MailCommand.Show();
    }
    String key = words.getFirst().toLowerCase(Locale.ROOT);
    String value = words.size() > 1 ? words.get(1).toLowerCase(Locale.ROOT) : "";
    return switch (key) {
      case "show" -> new MailCommand.Show();
      case "help" -> new MailCommand.Help();
      case "mode" -> change(mode(value), SetReader::mode);
      case "delivery" -> change(yes(value), SetReader::delivery);
      case "until" -> change(day(value), SetReader::until);
      case "own", "myposts" -> change(yes(value), SetReader::own);
      case "ack" -> change(yes(value), SetReader::acknowledge);
      case "tracking" -> change(yes(value), OptionsPatch::tracking);
      // whoever wants no duplicates is left out where a post names him
      case "duplicates" -> change(yes(value).map(wanted -> !wanted), SetReader::skip);
      case "conceal", "hide" -> change(yes(value.isEmpty() ? "yes" : value), SetReader::conceal);
      case "noconceal" -> change(Optional.of(false), SetReader::conceal);
      case "language" ->
          change(Optional.of(value).filter(language -> !language.isEmpty()), SetReader::language);
      default -> change(mode(value.isEmpty() ? key : key + " " + value), SetReader::mode);
    };
  }

  /** What is delivered, in the words of Mailman and Sympa. */
  static Optional<DeliveryMode> mode(String words) {
    return Optional.ofNullable(
        switch (words) {
          case "all", "every", "posts", "mail", "regular", "nodigest", "digest no", "digest off" ->
              DeliveryMode.EVERY_POST;
          case "digest", "mime", "digest mime", "digest yes", "digest on" ->
              DeliveryMode.MIME_DIGEST;
          case "plain", "digestplain", "digest plain" -> DeliveryMode.PLAIN_DIGEST;
          case "summary", "digest summary" -> DeliveryMode.SUMMARY;
          case "none", "nomail" -> DeliveryMode.NONE;
          default -> null;
        });
  }

  private static Optional<Boolean> yes(String word) {
    return switch (word) {
      case "yes", "on", "true" -> Optional.of(true);
      case "no", "off", "false" -> Optional.of(false);
      default -> Optional.empty();
    };
  }

  private static Optional<LocalDate> day(String word) {
    try {
      return Optional.of(LocalDate.parse(word));
    } catch (DateTimeParseException e) {
      return Optional.empty(); // the refusal says how a day is written
    }
  }

  @FunctionalInterface
  private interface Patch<T> {
    OptionsPatch with(T value);
  }

  private static <T> MailCommand change(Optional<T> value, Patch<T> patch) {
    return value
        .<MailCommand>map(known -> new MailCommand.Change(patch.with(known)))
        .orElseGet(() -> new MailCommand.Refused(Phrase.SET_TAKES.say()));
  }

  private static OptionsPatch mode(DeliveryMode mode) {
    return OptionsPatch.delivery(mode);
  }

  private static OptionsPatch delivery(boolean deliver) {
    return OptionsPatch.delivery(deliver);
  }

  private static OptionsPatch until(LocalDate day) {
    return new OptionsPatch(null, false, day, null, null, null, null, null, null);
  }

  private static OptionsPatch own(boolean wanted) {
    return flags(wanted, null, null, null);
  }

  private static OptionsPatch acknowledge(boolean wanted) {
    return flags(null, wanted, null, null);
  }

  private static OptionsPatch skip(boolean wanted) {
    return flags(null, null, wanted, null);
  }

  private static OptionsPatch conceal(boolean wanted) {
    return flags(null, null, null, wanted);
  }

  private static OptionsPatch flags(
      @Nullable Boolean own,
      @Nullable Boolean acknowledge,
      @Nullable Boolean skip,
      @Nullable Boolean conceal) {
    return new OptionsPatch(null, null, null, own, acknowledge, skip, conceal, null, null);
  }

  private static OptionsPatch language(String language) {
    return new OptionsPatch(null, null, null, null, null, null, null, language, null);
  }

  private SetReader() {}
}
