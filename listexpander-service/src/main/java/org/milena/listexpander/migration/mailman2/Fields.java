package org.milena.listexpander.migration.mailman2;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.milena.common.header.OneLine;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.ParsedAddress;
import org.milena.listexpander.migration.pickle.PickleValue;

/**
 * The fields of a list, each taken once and noted: an empty answer means that it was not there, was
 * None, or was not readable.
 */
final class Fields {
  private static final int LONGEST_SHOWN = 80;

  private final Map<String, PickleValue> left = new TreeMap<>();
  private final Notes notes;
  private final TextReader texts;

  Fields(PickleValue.Entries list, String charset, Notes notes) {
    this.notes = notes;
    this.texts = new TextReader(charset, notes);
    list.map().forEach(this::add);
  }

  private void add(PickleValue name, PickleValue value) {
    Optional<String> field = texts.read("(name of a field)", name);
    if (field.isEmpty()) {
      notes.unreadable("(name of a field)", "a text", name.kind());
    } else if (left.putIfAbsent(field.get(), value) != null) {
      notes.dropped(field.get(), "It is there twice.");
    }
  }

  /** What kind of value it is, for a human; of a number the number. */
  static String found(PickleValue value) {
    return value instanceof PickleValue.Int(var number) ? "the number " + number : value.kind();
  }

  private Optional<PickleValue> take(String field) {
    PickleValue value = left.remove(field);
    if (value instanceof PickleValue.None) {
      notes.taken(field);
      return Optional.empty();
    }
    return Optional.ofNullable(value);
  }

  private <T> Optional<T> read(
      String field, String expected, BiFunction<String, PickleValue, Optional<T>> reader) {
    return take(field)
        .flatMap(value -> {
          Optional<T> read = reader.apply(field, value);
          if (read.isPresent()) {
            notes.taken(field);
          } else {
            notes.unreadable(field, expected, found(value));
          }
          return read;
        });
  }

  Optional<String> text(String field) {
    return read(field, "a text", texts::read);
  }

  Optional<Boolean> flag(String field) {
    return read(field, "true or false", (_, value) -> Numbers.truth(value));
  }

  Optional<Long> number(String field) {
    return read(field, "a whole number", (_, value) -> Numbers.whole(value));
  }

  Optional<Double> fraction(String field) {
    return read(field, "a number", (_, value) -> Numbers.fraction(value));
  }

  Optional<Instant> moment(String field) {
    return read(field, "seconds since 1970", (_, value) -> Numbers.moment(value))
        .filter(moment -> !moment.equals(Instant.EPOCH));
  }

  Optional<Duration> seconds(String field) {
    return read(field, "seconds", (_, value) -> Numbers.seconds(value));
  }

  <E extends Enum<E> & Coded> Optional<E> choice(String field, Class<E> choices) {
    return read(
        field,
        Coded.expected(choices),
        (_, value) -> Numbers.whole(value).flatMap(code -> Coded.of(choices, code)));
  }

  /** A list of texts, or a text of which each line is one; empty ones are left out. */
  List<String> lines(String field) {
    return read(field, "a list of texts", this::lines).orElse(List.of());
  }

  private Optional<List<String>> lines(String field, PickleValue value) {
    List<String> lines = new ArrayList<>();
    if (value instanceof PickleValue.Items(var items)) {
      for (PickleValue item : items) {
        textIn(field, item)
            .map(String::strip)
            .filter(text -> !text.isEmpty())
            .ifPresent(lines::add);
      }
      return Optional.of(lines);
    }
    return texts
        .read(field, value)
        .map(text -> text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList());
  }

  /** A text that is part of a field; what is none is noted. */
  Optional<String> textIn(String field, PickleValue value) {
    Optional<String> text = texts.read(field, value);
    if (text.isEmpty()) {
      notes.unreadable(field, "a text", found(value));
    }
    return text;
  }

  /** A list of addresses; what is none is noted. */
  List<MailAddress> addresses(String field) {
    return lines(field).stream().flatMap(text -> address(field, text).stream()).toList();
  }

  /** An address; what is none is noted. */
  Optional<MailAddress> address(String field, String text) {
    return switch (MailAddress.parse(text.strip())) {
      case ParsedAddress.Valid(var address) -> Optional.of(address);
      case ParsedAddress.Invalid _ -> {
        notes.unreadable(field, "an address", '"' + OneLine.of(text, LONGEST_SHOWN) + '"');
        yield Optional.empty();
      }
    };
  }

  /** The parts of a list; none where there is no list. */
  List<PickleValue> items(String field) {
    return read(
            field,
            "a list",
            (_, value) ->
                value instanceof PickleValue.Items(var items)
                    ? Optional.of(items)
                    : Optional.<List<PickleValue>>empty())
        .orElse(List.of());
  }

  /** A dictionary by the texts of its keys, which are sorted; none where there is no dictionary. */
  Map<String, PickleValue> entries(String field) {
    return read(field, "a dictionary", this::entries).orElse(Map.of());
  }

  private Optional<Map<String, PickleValue>> entries(String field, PickleValue value) {
    if (!(value instanceof PickleValue.Entries(var map))) {
      return Optional.empty();
    }
    Map<String, PickleValue> entries = new TreeMap<>();
    map.forEach(
        (key, item) -> textIn(field, key).ifPresent(name -> entries.putIfAbsent(name, item)));
    return Optional.of(entries);
  }

  /** Notes whether passwords are there, and forgets them. */
  void dropPasswords() {
    for (String field : LeftBehind.PASSWORDS) {
      PickleValue secret = left.remove(field);
      if (secret != null) {
        notes.dropped(
            field,
            isNothing(secret)
                ? "No password was there."
                : "A password was there; it stays behind.");
      }
    }
  }

  private static boolean isNothing(PickleValue secret) {
    return secret instanceof PickleValue.None
        || (secret instanceof PickleValue.Text text && text.size() == 0)
        || (secret instanceof PickleValue.Unicode(var text) && text.isEmpty())
        || (secret instanceof PickleValue.Entries(var map) && map.isEmpty());
  }

  /** Notes everything that nobody asked for. */
  void noteTheRest() {
    left.forEach((field, value) ->
        LeftBehind.reason(field)
            .ifPresentOrElse(
                reason -> notes.dropped(field, reason), () -> notes.unknown(field, value.kind())));
    left.clear();
  }

  Notes notes() {
    return notes;
  }
}
