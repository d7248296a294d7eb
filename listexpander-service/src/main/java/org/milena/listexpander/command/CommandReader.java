package org.milena.listexpander.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.milena.common.event.ThreadWish;
import org.milena.common.header.OneLine;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.MessageId;
import org.milena.common.mail.ParsedAddress;
import org.milena.common.settings.DeliveryMode;
import org.milena.listexpander.sentence.Phrase;

/**
 * Reads the commands of Mailman, mlmmj and Sympa, in any case. A list's name may stand behind a
 * word, as Sympa wants it: {@code SUB users Ann Example}.
 */
final class CommandReader {
  /** What programs put before the subject they answer. */
  private static final Pattern REPLY =
      Pattern.compile("(?i)^(re|aw|sv|vs|antw|ref|rif|odp|fwd?)(\\[\\d+])?\\s*:\\s*");

  /** Begins a command for a thread, or what was meant as one: {@code mute, please}. */
  private static final Pattern THREAD_WORD =
      Pattern.compile("(?i)^\\s*(close|lock|(re)?open|unlock|(un)?follow|(un)?mute)\\b");

  private static final int MAX_LINE = 1_000;
  private static final int MAX_ECHO = 200;
  private static final int MAX_INVITED = 10;

  private final MailAddress list;

  /**
   * @param list the list that is written to
   */
  CommandReader(MailAddress list) {
    this.list = list;
  }

  /**
   * The commands of a mail: that of its subject, then those of its first lines.
   *
   * @param answer whether its header names a mail that it answers
   * @param lines as {@link CommandText} finds them
   */
  List<MailCommand> all(String subject, boolean answer, List<String> lines) {
    boolean answers = answer || REPLY.matcher(subject).find();
    List<MailCommand> commands = new ArrayList<>();
    subject(subject)
        .filter(command -> !answers || isMeant(command, lines))
        .ifPresent(commands::add);
    if (!commands.isEmpty() && commands.getFirst() instanceof MailCommand.Confirm) {
      return commands; // below is what was answered
    }
    for (String line : lines) {
      Optional<MailCommand> command = line(line);
      if (command.isEmpty()) {
        break; // text begins, a signature or what is quoted
      }
      if (!commands.contains(command.get())) {
        commands.add(command.get());
      }
    }
    return commands;
  }

  /**
   * Whether an answer's subject is a command. Whoever answers a post says what he wants on the
   * first line; the subject is the thread's and may begin with any word. An answer to a
   * confirmation has the token in its subject, and anything below.
   */
  private boolean isMeant(MailCommand command, List<String> lines) {
    if (lines.isEmpty()) {
      return true;
    }
    Optional<MailCommand> first = line(lines.getFirst());
    return command instanceof MailCommand.Confirm
        ? first.filter(CommandReader::isOfThread).isEmpty()
        : first.filter(said -> !(said instanceof MailCommand.End)).isEmpty()
            && !THREAD_WORD.matcher(lines.getFirst()).find();
  }

  private static boolean isOfThread(MailCommand command) {
    return command instanceof MailCommand.Close
        || command instanceof MailCommand.Open
        || command instanceof MailCommand.Wish
        || command instanceof MailCommand.EndWish;
  }

  /** The command on a line; empty when its first word is none. */
  Optional<MailCommand> line(String line) {
    String text = line.strip();
    if (text.isEmpty() || text.length() > MAX_LINE) {
      return Optional.empty();
    }
    List<String> words = List.of(text.split("\\s+"));
    List<String> rest = words.subList(1, words.size());
    return switch (words.getFirst().toLowerCase(Locale.ROOT)) {
      case "subscribe", "join", "sub" -> Optional.of(subscribe(rest));
      case "signoff", "sig" -> Optional.of(signOff(rest));
      case "unsubscribe", "leave", "unsub", "uns", "remove" -> Optional.of(unsubscribe(rest));
      case "confirm", "conf" ->
          Optional.of(
              rest.isEmpty()
                  ? new MailCommand.Refused(Phrase.CONFIRM_NEEDS_TOKEN.say())
                  : new MailCommand.Confirm(rest.getFirst()));
      case "help", "faq", "?" -> Optional.of(new MailCommand.Help());
      case "info" -> Optional.of(new MailCommand.Info());
      case "lists", "list", "lis" -> Optional.of(new MailCommand.Lists());
      case "which", "whi" -> Optional.of(new MailCommand.Which());
      case "who", "review", "rev", "roster" -> Optional.of(new MailCommand.Who());
      case "set", "options", "option" -> Optional.of(SetReader.read(behindName(rest).orElse(rest)));
      case "remind" -> Optional.of(new MailCommand.Show());
      case "invite", "inv" -> Optional.of(invite(behindName(rest).orElse(rest)));
      case "close", "lock" -> thread(rest, MailCommand.Close::new);
      case "open", "reopen", "unlock" -> thread(rest, MailCommand.Open::new);
      case "follow" -> thread(rest, id -> new MailCommand.Wish(ThreadWish.Kind.FOLLOW, id));
      case "mute" -> thread(rest, id -> new MailCommand.Wish(ThreadWish.Kind.MUTE, id));
      case "unfollow" -> thread(rest, id -> new MailCommand.EndWish(ThreadWish.Kind.FOLLOW, id));
      case "unmute" -> thread(rest, id -> new MailCommand.EndWish(ThreadWish.Kind.MUTE, id));
      case "echo" ->
          Optional.of(new MailCommand.Echo(OneLine.of(String.join(" ", rest), MAX_ECHO)));
      case "end", "stop", "quit", "--" -> Optional.of(new MailCommand.End());
      case "password", "pass" -> Optional.of(new MailCommand.Refused(Phrase.NO_PASSWORDS.say()));
      case "get", "index", "last", "archive" ->
          Optional.of(new MailCommand.Refused(Phrase.POSTS_IN_ARCHIVE.say()));
      default -> Optional.empty();
    };
  }

  /** The command in a subject, behind whatever marks it as an answer. */
  Optional<MailCommand> subject(String subject) {
    String rest = subject;
    for (int i = 0; i < 5; i++) {
      Matcher reply = REPLY.matcher(rest);
      if (!reply.find()) {
        break;
      }
      rest = rest.substring(reply.end());
    }
    return line(rest);
  }

  /** What stands behind the list's name; empty when it does not stand there. */
  private Optional<List<String>> behindName(List<String> words) {
    if (words.isEmpty()) {
      return Optional.empty();
    }
    String first = words.getFirst();
    return first.equalsIgnoreCase(list.localPart()) || first.equalsIgnoreCase(list.toString())
        ? Optional.of(words.subList(1, words.size()))
        : Optional.empty();
  }

  private MailCommand subscribe(List<String> words) {
    Optional<List<String>> behind = behindName(words);
    List<String> name = new ArrayList<>();
    @Nullable DeliveryMode mode = null;
    @Nullable MailAddress address = null;
    for (String word : behind.orElse(words)) {
      String lower = word.toLowerCase(Locale.ROOT);
      Optional<DeliveryMode> wanted =
          SetReader.mode(lower.startsWith("digest=") ? "digest " + lower.substring(7) : lower);
      if (wanted.isPresent()) {
        mode = wanted.get();
      } else if (lower.startsWith("digest=")) {
        return new MailCommand.Refused(Phrase.DIGEST_TAKES.say());
      } else if (isAddress(lower)) {
        switch (address(word)) {
          case ParsedAddress.Valid(var valid) -> address = valid;
          case ParsedAddress.Invalid(var reason) -> {
            return new MailCommand.Refused(Phrase.NO_ADDRESS.say(word, reason));
          }
        }
      } else if (behind.isPresent()) {
        name.add(word);
      }
    }
    return new MailCommand.Subscribe(String.join(" ", name), mode, address);
  }

  /** Sympa's word names the list: another one is not left in its place. */
  private MailCommand signOff(List<String> words) {
    if (!words.isEmpty() && behindName(words).isEmpty() && !isAddress(words.getFirst())) {
      return new MailCommand.Refused(Phrase.ONLY_THIS_LIST.say(list));
    }
    return unsubscribe(behindName(words).orElse(words));
  }

  private MailCommand unsubscribe(List<String> words) {
    for (String word : behindName(words).orElse(words)) {
      if (isAddress(word.toLowerCase(Locale.ROOT))) {
        return switch (address(word)) {
          case ParsedAddress.Valid(var valid) -> new MailCommand.Unsubscribe(valid);
          case ParsedAddress.Invalid(var reason) ->
              new MailCommand.Refused(Phrase.NO_ADDRESS.say(word, reason));
        };
      }
    }
    return new MailCommand.Unsubscribe(null);
  }

  private static MailCommand invite(List<String> words) {
    List<MailAddress> addresses = new ArrayList<>();
    for (String word : words) {
      if (!(address(word) instanceof ParsedAddress.Valid(var valid))) {
        break; // a name follows
      }
      if (addresses.size() < MAX_INVITED) {
        addresses.add(valid);
      }
    }
    return addresses.isEmpty()
        ? new MailCommand.Refused(Phrase.INVITE_NEEDS_ADDRESS.say())
        : new MailCommand.Invite(addresses);
  }

  /** Behind the word stands a message id or nothing; else it is a sentence that begins so. */
  private static Optional<MailCommand> thread(
      List<String> words, Function<@Nullable MessageId, MailCommand> command) {
    List<String> rest =
        !words.isEmpty() && words.getFirst().equalsIgnoreCase("thread")
            ? words.subList(1, words.size())
            : words;
    if (rest.isEmpty()) {
      return Optional.of(command.apply(null));
    }
    String id = rest.getFirst();
    return rest.size() == 1 && id.startsWith("<") && id.endsWith(">")
        ? MessageId.parse(id).map(command)
        : Optional.empty();
  }

  private static boolean isAddress(String lower) {
    return lower.startsWith("address=") || lower.indexOf('@') >= 0;
  }

  private static ParsedAddress address(String word) {
    String text =
        word.toLowerCase(Locale.ROOT).startsWith("address=")
            ? word.substring("address=".length())
            : word;
    boolean bracketed = text.startsWith("<") && text.endsWith(">") && text.length() > 2;
    return MailAddress.parse(bracketed ? text.substring(1, text.length() - 1) : text);
  }
}
