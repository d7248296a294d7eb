package org.milena.listexpander.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.milena.common.command.CommandOutcome;
import org.milena.common.directory.MailingList;
import org.milena.common.event.Sentence;
import org.milena.common.mail.MailAddress;
import org.milena.listexpander.ledger.Ledger;
import org.milena.listexpander.notice.Notice;
import org.milena.listexpander.notice.Texts;
import org.milena.listexpander.sentence.Sentences;
import org.milena.listexpander.template.Language;

/** Gathers what is said about the commands of a mail, so that it gets one answer at most. */
final class Answers {
  private final List<String> story = new ArrayList<>();
  private final List<Line> lines = new ArrayList<>();
  private final List<Notice> notices = new ArrayList<>();
  private final Texts texts;

  /**
   * What is said.
   *
   * @param before the command and a colon, in every language; may be empty
   */
  private record Line(String before, Sentence sentence) {
    String in(Language language) {
      return before + Sentences.in(language, sentence);
    }
  }

  Answers(Texts texts) {
    this.texts = texts;
  }

  /** A line in the answer. */
  void say(Sentence sentence) {
    say(new Line("", sentence));
  }

  /** A line in the answer about a command. */
  void say(String command, Sentence sentence) {
    say(new Line(command + ": ", sentence));
  }

  private void say(Line line) {
    story.add(line.in(Language.EN));
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
      case CommandOutcome.Done done -> story.add(command + ": " + done.text());
      case CommandOutcome.Refused refused -> say(command, refused.sentence());
      case CommandOutcome.NotFound notFound -> say(command, notFound.sentence());
    }
  }

  /** What was done is told here. */
  void said(String command, CommandOutcome outcome) {
    say(command, outcome.sentence());
  }

  /** All of it, for the mail's story, which is English. */
  String story() {
    return String.join(" ", story);
  }

  /** The one text where there is only one; all of it where there is more; else nothing. */
  Optional<Notice> notice(Ledger ledger, MailingList list, MailAddress asker) {
    if (notices.isEmpty() && lines.isEmpty()) {
      return Optional.empty();
    }
    Language language = Texts.language(ledger, list, asker);
    return Optional.of(
        notices.size() == 1 && lines.isEmpty()
            ? notices.getFirst()
            : texts.results(
                ledger,
                list,
                asker,
                lines.stream().map(line -> line.in(language)).toList(),
                notices));
  }
}
