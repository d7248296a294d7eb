package org.milena.listexpander.migration.mailman2;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.milena.common.mail.MailAddress;
import org.milena.listexpander.migration.mailman2.Mailman2Member.Digest;
import org.milena.listexpander.migration.pickle.PickleValue;

/**
 * Puts members together, of whom Mailman keeps a dictionary for each fact, by their address in
 * lower case. An address that is in both dictionaries of members gets single posts, as in Mailman.
 */
final class MemberReader {
  private static final String MEMBERS = "members";
  private static final String DIGEST_MEMBERS = "digest_members";
  private static final String OPTIONS = "user_options";
  private static final String NAMES = "usernames";
  private static final String LANGUAGES = "language";
  private static final String STATUS = "delivery_status";
  private static final String TOPICS = "topics_userinterest";
  private static final String BOUNCES = "bounce_info";

  private static final MemberOptions NO_OPTIONS = MemberOptions.of(0);

  private final Fields fields;

  /** By field, then by key; whatever no member took is left. */
  private final Map<String, Map<String, PickleValue>> facts = new HashMap<>();

  private final Set<String> seen = new HashSet<>();

  MemberReader(Fields fields) {
    this.fields = fields;
    for (String field : List.of(OPTIONS, NAMES, LANGUAGES, STATUS, TOPICS, BOUNCES)) {
      facts.put(field, new HashMap<>(fields.entries(field)));
    }
  }

  List<Mailman2Member> members() {
    List<Mailman2Member> members = new ArrayList<>();
    addAll(MEMBERS, false, members);
    addAll(DIGEST_MEMBERS, true, members);
    members.sort(Comparator.comparing(member -> member.address().key()));
    facts.forEach((field, left) -> {
      if (!left.isEmpty()) {
        fields.notes().dropped(field, "Entries of people who are no members: " + left.size() + ".");
      }
    });
    return members;
  }

  private void addAll(String field, boolean digest, List<Mailman2Member> members) {
    fields
        .entries(field)
        .forEach((key, value) ->
            address(field, key, value)
                .ifPresent(address -> {
                  if (seen.add(address.key())) {
                    members.add(member(key, address, digest));
                  } else {
                    fields.notes().dropped(field, "An address is there twice.");
                  }
                }));
  }

  /** The original form, which is kept where it has capitals; else the key is it. */
  private Optional<MailAddress> address(String field, String key, PickleValue value) {
    boolean original = value instanceof PickleValue.Text || value instanceof PickleValue.Unicode;
    if (original) {
      String text = fields.textIn(field, value).orElse(key);
      if (text.toLowerCase(Locale.ROOT).equals(key.toLowerCase(Locale.ROOT))) {
        return fields.address(field, text);
      }
      fields.notes().unreadable(field, "the address of its key", "another one");
    } else if (Numbers.whole(value).isEmpty()) {
      fields.notes().unreadable(field, "an address or 0", Fields.found(value));
    }
    return fields.address(field, key);
  }

  private Mailman2Member member(String key, MailAddress address, boolean digest) {
    MemberOptions options = options(key);
    Optional<PickleValue> statusEntry = take(STATUS, key);
    Optional<DeliveryStatus> status = statusEntry.flatMap(this::status);
    return new Mailman2Member(
        address,
        take(NAMES, key)
            .flatMap(name -> fields.textIn(NAMES, name))
            .map(String::strip)
            .filter(name -> !name.isEmpty()),
        take(LANGUAGES, key).flatMap(language -> fields.textIn(LANGUAGES, language)),
        digest ? (options.plainDigest() ? Digest.PLAIN : Digest.MIME) : Digest.NONE,
        options,
        status.orElse(options.deliveryOff() ? DeliveryStatus.UNKNOWN : DeliveryStatus.ENABLED),
        status.isPresent() ? statusEntry.flatMap(MemberReader::since) : Optional.empty(),
        take(TOPICS, key).map(this::topics).orElse(List.of()),
        take(BOUNCES, key).flatMap(this::bounces));
  }

  /** What a field says of a member; None says nothing. */
  private Optional<PickleValue> take(String field, String key) {
    Map<String, PickleValue> entries = facts.getOrDefault(field, Map.of());
    return entries.isEmpty()
        ? Optional.empty()
        : Optional.ofNullable(entries.remove(key))
            .filter(value -> !(value instanceof PickleValue.None));
  }

  private MemberOptions options(String key) {
    Optional<PickleValue> entry = take(OPTIONS, key);
    if (entry.isEmpty()) {
      return NO_OPTIONS;
    }
    Optional<Long> bits = Numbers.whole(entry.get());
    if (bits.isEmpty() || (bits.get() & ~MemberOptions.KNOWN) != 0) {
      fields.notes().unreadable(OPTIONS, "bits up to 256", Fields.found(entry.get()));
    }
    return bits.map(MemberOptions::of).orElse(NO_OPTIONS);
  }

  /** (status, seconds since 1970), or the status alone */
  private Optional<DeliveryStatus> status(PickleValue entry) {
    PickleValue code =
        entry instanceof PickleValue.Items(var parts) && !parts.isEmpty()
            ? parts.getFirst()
            : entry;
    Optional<DeliveryStatus> status =
        Numbers.whole(code).flatMap(number -> Coded.of(DeliveryStatus.class, number));
    if (status.isEmpty()) {
      fields.notes().unreadable(STATUS, Coded.expected(DeliveryStatus.class), Fields.found(code));
    }
    return status;
  }

  private static Optional<Instant> since(PickleValue entry) {
    return entry instanceof PickleValue.Items(var parts) && parts.size() > 1
        ? Numbers.moment(parts.get(1)).filter(moment -> !moment.equals(Instant.EPOCH))
        : Optional.empty();
  }

  private List<String> topics(PickleValue entry) {
    if (entry instanceof PickleValue.Items(var names)) {
      return names.stream().flatMap(name -> fields.textIn(TOPICS, name).stream()).toList();
    }
    fields.notes().unreadable(TOPICS, "a list of topics", Fields.found(entry));
    return List.of();
  }

  /** The cookie, with which the member could turn delivery on again, is not looked at. */
  private Optional<BounceScore> bounces(PickleValue entry) {
    if (!(entry instanceof PickleValue.Instance(_, var state))) {
      fields.notes().unreadable(BOUNCES, "a score", Fields.found(entry));
      return Optional.empty();
    }
    Map<String, PickleValue> parts = new HashMap<>();
    state
        .map()
        .forEach((key, value) -> fields.textIn(BOUNCES, key).ifPresent(k -> parts.put(k, value)));
    Optional<Double> score = part(parts, "score").flatMap(Numbers::fraction);
    Optional<LocalDate> day = part(parts, "date").flatMap(Numbers::day);
    if (score.isEmpty() || day.isEmpty()) {
      fields.notes().unreadable(BOUNCES, "a score and a date", "an object without");
      return Optional.empty();
    }
    return Optional.of(
        new BounceScore(
            score.get(),
            day.get(),
            part(parts, "noticesleft")
                .flatMap(Numbers::whole)
                .map(left -> Math.clamp(left, 0, Integer.MAX_VALUE))
                .orElse(0),
            // a day in 1970 stands for none
            part(parts, "lastnotice")
                .flatMap(Numbers::day)
                .filter(notice -> notice.getYear() > 1970)));
  }

  private static Optional<PickleValue> part(Map<String, PickleValue> parts, String name) {
    return Optional.ofNullable(parts.get(name));
  }
}
