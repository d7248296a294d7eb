package org.milena.listexpander.template;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.milena.common.header.OneLine;

/** A text of some name that can be used. */
public final class TemplateText {
  private static final int MAX_SUBJECT = 700;

  private static final Pattern SUBJECT =
      Pattern.compile("(?i)\\Asubject:[ \\t]*([^\\n]*)(?:\\n\\n?|\\z)");

  private final String source;
  private final @Nullable Placeholders subject;
  private final Placeholders body;

  private TemplateText(String source, @Nullable Placeholders subject, Placeholders body) {
    this.source = source;
    this.subject = subject;
    this.body = body;
  }

  /** What a text was read as. */
  public sealed interface Result {
    /** It can be used. */
    record Fits(TemplateText text) implements Result {}

    /**
     * It cannot.
     *
     * @param why a sentence
     */
    record Broken(String why) implements Result {}
  }

  /**
   * A text with values in it.
   *
   * @param subject one line; empty where there is none
   * @param text empty, or lines that end in {@code \n}
   */
  public record Filled(String subject, String text) {}

  /**
   * Reads what somebody wrote. Its first line may be {@code Subject: …}, with an empty line behind
   * it; without, the subject is ours (Mailman's texts have none).
   */
  public static Result parse(TemplateName name, String written) {
    String source = written.replace("\r\n", "\n");
    return switch (Placeholders.parse(source, name.known())) {
      case Placeholders.Result.Broken(var line, var column, var why) ->
          broken("Line %d, column %d: %s.".formatted(line, column, why));
      case Placeholders.Result.Fits _ -> parts(name, source);
    };
  }

  private static Result parts(TemplateName name, String source) {
    Matcher first = SUBJECT.matcher(source);
    boolean hasSubject = name.hasSubject() && first.find();
    String subject = hasSubject ? first.group(1).strip() : "";
    String body = (hasSubject ? source.substring(first.end()) : source).stripTrailing();
    if (hasSubject && subject.isEmpty()) {
      return broken("Line 1, column 1: the subject is empty.");
    }
    if (hasSubject && name.form() == TemplateName.Form.CONFIRMATION && !isConfirming(subject)) {
      return broken(
          "Line 1, column 1: this subject has to begin with "
              + TemplateName.CONFIRMING
              + ", or an answer to the mail confirms nothing.");
    }
    if (body.isEmpty() && !name.mayBeEmpty()) {
      return broken("The text is empty.");
    }
    return new Result.Fits(
        new TemplateText(
            source,
            hasSubject ? Placeholders.part(subject, name.known()) : null,
            Placeholders.part(withEnd(body), name.known())));
  }

  private static boolean isConfirming(String subject) {
    String rest =
        subject.startsWith(TemplateName.CONFIRMING)
            ? subject.substring(TemplateName.CONFIRMING.length())
            : "-";
    return rest.isEmpty() || rest.startsWith(" ");
  }

  private static String withEnd(String body) {
    return body.isEmpty() ? "" : body + "\n";
  }

  private static Result broken(String why) {
    return new Result.Broken(why);
  }

  /** As it was written, in lines that end in {@code \n}. */
  public String source() {
    return source;
  }

  /** Whether it has a subject of its own. */
  boolean hasSubject() {
    return subject != null;
  }

  /** Puts values in; the subject stays one line whatever they are. */
  Filled fill(Map<String, String> values) {
    return new Filled(
        subject == null ? "" : OneLine.of(subject.fill(values), MAX_SUBJECT), body.fill(values));
  }
}
