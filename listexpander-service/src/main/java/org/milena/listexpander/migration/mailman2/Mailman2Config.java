package org.milena.listexpander.migration.mailman2;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.milena.listexpander.migration.pickle.Pickle;
import org.milena.listexpander.migration.pickle.PickleResult;
import org.milena.listexpander.migration.pickle.PickleValue;

/** Reads the {@code config.pck} of a Mailman 2.1 list. */
public final class Mailman2Config {

  /** One of these is in every list, and in no other file of Mailman. */
  private static final String[] SIGNS = {"members", "digest_members", "real_name", "owner"};

  /**
   * Reads it.
   *
   * @param internalName the name of the list's directory, which Mailman does not keep in the file
   */
  public static Mailman2Reading read(String internalName, byte[] configPck) {
    return switch (Pickle.read(configPck)) {
      case PickleResult.Refused(var reason, var offset) ->
          new Mailman2Reading.Refused(reason, offset);
      case PickleResult.Read(PickleValue.Entries list) when isList(list) ->
          list(internalName, list);
      case PickleResult.Read(var other) ->
          new Mailman2Reading.Refused(
              "The pickle is " + other.kind() + ", and not the configuration of a list.", 0);
    };
  }

  private static boolean isList(PickleValue.Entries list) {
    return Arrays.stream(SIGNS).anyMatch(sign -> get(list, sign).isPresent());
  }

  private static Optional<PickleValue> get(PickleValue.Entries list, String field) {
    PickleValue octets = PickleValue.Text.copyOf(field.getBytes(StandardCharsets.US_ASCII));
    return Optional.ofNullable(list.map().get(octets))
        .or(() -> Optional.ofNullable(list.map().get(new PickleValue.Unicode(field))));
  }

  private static Mailman2Reading list(String internalName, PickleValue.Entries list) {
    Notes notes = new Notes();
    Fields fields = new Fields(list, charset(list), notes);
    fields.dropPasswords();
    Mailman2List facts =
        new Mailman2List(
            Sections.listIdentity(fields, internalName),
            fields.addresses("owner"),
            fields.addresses("moderator"),
            new MemberReader(fields).members(),
            Sections.moderationPolicy(fields),
            Sections.postingRules(fields),
            Sections.subscriptionPolicy(fields),
            Sections.archivePolicy(fields),
            Sections.dmarcPolicy(fields),
            Sections.autoReplies(fields),
            Sections.bouncePolicy(fields),
            Sections.contentFilter(fields),
            Sections.copyPolicy(fields),
            Sections.digestPolicy(fields),
            Sections.listTexts(fields),
            Sections.topicPolicy(fields),
            Sections.relatedLists(fields),
            fields.number("post_id"));
    fields.noteTheRest();
    return new Mailman2Reading.Read(facts, notes.report());
  }

  private static String charset(PickleValue.Entries list) {
    String language =
        switch (get(list, "preferred_language").orElse(new PickleValue.None())) {
          case PickleValue.Text code -> new String(code.toByteArray(), StandardCharsets.ISO_8859_1);
          case PickleValue.Unicode(var code) -> code;
          default -> "";
        };
    return ListCharsets.of(language);
  }

  private Mailman2Config() {}
}
