package org.milena.listexpander.posting;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.milena.common.mail.MailAddress;
import org.milena.common.pattern.AddressPatterns;
import org.milena.common.settings.PostingSettings;
import org.milena.listexpander.posting.Rule.Finding;
import org.milena.listexpander.sentence.Phrase;

/** What a post says, and to whom. */
final class ContentRules {
  /** How many lines with something on them are looked at. */
  static final int COMMAND_LINES = 10;

  /** How many lines of a digest's masthead make a text one that quotes it. */
  static final int MASTHEAD_LINES = 4;

  /** More lists than anybody writes to; each is looked up. */
  private static final int MAX_LISTS = 50;

  /** A word that is a command, and from how many to how many words follow it, as in Mailman. */
  private static final Map<String, Words> COMMANDS =
      Map.ofEntries(
          Map.entry("confirm", new Words(1, 1)),
          Map.entry("help", new Words(0, 0)),
          Map.entry("info", new Words(0, 0)),
          Map.entry("lists", new Words(0, 0)),
          Map.entry("options", new Words(0, 0)),
          Map.entry("password", new Words(2, 2)),
          Map.entry("remove", new Words(0, 0)),
          Map.entry("set", new Words(3, 3)),
          Map.entry("subscribe", new Words(0, 3)),
          Map.entry("unsubscribe", new Words(0, 1)),
          Map.entry("who", new Words(0, 2)));

  private record Words(int least, int most) {}

  private static final Pattern DIGEST_SUBJECT =
      Pattern.compile(
          " (?:Digest, Vol(?:ume)? \\d{1,9}, Issue|Sammelmail, Band \\d{1,9}, Ausgabe) \\d{1,9}"
              + "(?: \\((?:partial|Auszug)\\))?$",
          Pattern.CASE_INSENSITIVE);

  /** What stands on top of digests, ours and Mailman's: each once in a text. */
  private static final List<Pattern> MASTHEAD =
      List.of(
          Pattern.compile("^Send .{1,200} submissions to$", Pattern.CASE_INSENSITIVE),
          Pattern.compile("^To (?:un)?subscribe (?:or unsubscribe )?(?:via|by)\\b"),
          Pattern.compile("^or, via (?:e-?mail|the World Wide Web)\\b"),
          Pattern.compile("^You can reach the person managing the list at$"),
          Pattern.compile("^When replying, please edit your Subject line so it is more specific$"),
          Pattern.compile("^than \"Re: Contents of .{1,200}\"$"),
          Pattern.compile("^Send posts for the mailing list .{1,200} to$"),
          Pattern.compile("^To join or leave on the web, go to$"),
          Pattern.compile("^The people who run the list are at$"),
          Pattern.compile("^Schreiben Sie Beitr\u00e4ge f\u00fcr die Mailingliste .{1,200} an$"),
          Pattern.compile("^Beitreten oder austreten k\u00f6nnen Sie im Web auf$"),
          Pattern.compile("^Die Leute, die die Liste verwalten, erreichen Sie unter$"),
          Pattern.compile("^Themen von heute:$"),
          Pattern.compile("^Ende von .{1,200} Sammelmail\\b"),
          Pattern.compile("^Today's Topics:$", Pattern.CASE_INSENSITIVE),
          Pattern.compile("^End of .{1,200} Digest\\b", Pattern.CASE_INSENSITIVE));

  /** Somebody who wants to leave writes so to all others. */
  static Optional<Finding> administrivia(PostFacts facts) {
    if (!posting(facts).administrivia()) {
      return Optional.empty();
    }
    return isCommand(facts.header().subject())
            || facts
                .content()
                .firstText()
                .lines()
                .filter(line -> !line.isBlank())
                .limit(COMMAND_LINES)
                .anyMatch(ContentRules::isCommand)
        ? Finding.hold(Phrase.ADMINISTRIVIA.say())
        : Optional.empty();
  }

  static boolean isCommand(String line) {
    String[] words = line.strip().split("\\s+", 6);
    Words following = COMMANDS.get(words[0].toLowerCase(Locale.ROOT));
    return following != null
        && words.length - 1 >= following.least()
        && words.length - 1 <= following.most();
  }

  /**
   * Spam comes by {@code Bcc}. The list is named by its address, one it had before, one that stands
   * for it, or that of a list it is a member of.
   */
  static Optional<Finding> implicitDestination(PostFacts facts) {
    if (!posting(facts).requireListAddress()) {
      return Optional.empty();
    }
    AddressPatterns aliases = AddressPatterns.of(posting(facts).acceptableAliases());
    Set<MailAddress> named = new LinkedHashSet<>(facts.content().destinations());
    boolean here =
        named.stream().anyMatch(address -> facts.ownAddresses().contains(address.key()))
            || named.stream()
                .limit(MAX_LISTS)
                .anyMatch(address ->
                    aliases.match(address, AddressPatterns.OtherLists.NONE).isPresent()
                        || facts.around().has(address, facts.list().address()));
    return here
        ? Optional.empty()
        : Finding.hold(Phrase.IMPLICIT_DESTINATION.say(facts.list().address()));
  }

  static Optional<Finding> maxRecipients(PostFacts facts) {
    int limit = posting(facts).maxRecipients();
    int count = facts.content().recipients();
    return limit > 0 && count >= limit
        ? Finding.hold(Phrase.MAX_RECIPIENTS.say(count, limit))
        : Optional.empty();
  }

  static Optional<Finding> maxSize(PostFacts facts) {
    int limit = posting(facts).maxSize();
    return limit > 0 && facts.size() > limit
        ? Finding.hold(Phrase.MAX_SIZE.say(facts.size(), limit))
        : Optional.empty();
  }

  static Optional<Finding> noSubject(PostFacts facts) {
    return posting(facts).holdWithoutSubject() && facts.header().subject().isBlank()
        ? Finding.hold(Phrase.NO_SUBJECT.say())
        : Optional.empty();
  }

  /** An answer to a whole digest belongs to no thread, and brings it all once more. */
  static Optional<Finding> digestReply(PostFacts facts) {
    if (!posting(facts).holdDigestReplies()) {
      return Optional.empty();
    }
    if (DIGEST_SUBJECT.matcher(facts.header().subject().strip()).find()) {
      return Finding.hold(Phrase.DIGEST_SUBJECT.say());
    }
    Set<Pattern> left = new HashSet<>(MASTHEAD);
    facts
        .content()
        .firstText()
        .lines()
        .forEach(line -> {
          String said = unquoted(line);
          left.removeIf(masthead -> masthead.matcher(said).find());
        });
    return MASTHEAD.size() - left.size() >= MASTHEAD_LINES
        ? Finding.hold(Phrase.DIGEST_QUOTED.say())
        : Optional.empty();
  }

  private static String unquoted(String line) {
    int i = 0;
    while (i < line.length() && (line.charAt(i) == '>' || Character.isWhitespace(line.charAt(i)))) {
      i++;
    }
    return line.substring(i).strip();
  }

  /**
   * An answer of a machine to a person (RFC 3834 section 5): "I am on holiday". What a machine
   * wrote of its own accord ({@code auto-generated}) is not held: builds and backups are posts,
   * too.
   */
  static Optional<Finding> autoReply(PostFacts facts) {
    return facts.header().autoSubmitted().map("auto-replied"::equals).orElse(false)
        ? Finding.hold(Phrase.AUTO_REPLY.say())
        : Optional.empty();
  }

  private static PostingSettings posting(PostFacts facts) {
    return facts.list().settings().posting();
  }

  private ContentRules() {}
}
