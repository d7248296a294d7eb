package org.milena.listexpander.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.milena.common.command.CommandOutcome;
import org.milena.common.directory.MailingList;
import org.milena.common.mail.MailAddress;
import org.milena.listexpander.ledger.Ledger;
import org.milena.listexpander.notice.Notice;
import org.milena.listexpander.notice.Texts;

/** Gathers what is said about the commands of a mail, so that it gets one answer at most. */
final class Answers {
  private final List<String> story = new ArrayList<>();
  private final List<String> lines = new ArrayList<>();
  private final List<Notice> notices = new ArrayList<>();
  private final Texts texts;

  Answers(Texts texts) {
    this.texts = texts;
  }

  /** A line in the answer. */
  void say(String line) {
    story.add(line);
    lines.add(line);
  }

  /** A text in the answer. */
  void add(Notice notice) {
    notices.add(notice);
  }

  /** A word in the mail's story only. */
  void note(String word) {
    story.add(word);
  }

  /** What was done is told by other mail, to the address it was done to. */
  void outcome(String command, CommandOutcome outcome) {
    switch (outcome) {
      case CommandOutcome.Done(var text, _) -> story.add(command + ": " + text);
      case CommandOutcome.Refused(_, var text) -> say(command + ": " + text);
      case CommandOutcome.NotFound(var text) -> say(command + ": " + text);
    }
  }

  /** What was done is told here. */
  void said(String command, CommandOutcome outcome) {
    say(
        command
            + ": "
            + switch (outcome) {
              case CommandOutcome.Done(var text, _) -> text;
              case CommandOutcome.Refused(_, var text) -> text;
              case CommandOutcome.NotFound(var text) -> text;
            });
  }

  /** All of it, for the mail's story. */
  String story() {
    return String.join(" ", story);
  }

  /** The one text where there is only one; all of it where there is more; else nothing. */
  Optional<Notice> notice(Ledger ledger, MailingList list, MailAddress asker) {
    if (notices.isEmpty() && lines.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        notices.size() == 1 && lines.isEmpty()
            ? notices.getFirst()
            : texts.results(ledger, list, asker, lines, notices));
  }
}
