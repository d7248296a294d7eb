package org.milena.listexpander.migration;

import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.milena.common.directory.Template;
import org.milena.listexpander.migration.mailman2.ListTexts;
import org.milena.listexpander.migration.mailman2.Mailman2List;
import org.milena.listexpander.migration.mailman2.Personalization;
import org.milena.listexpander.migration.mailman2.TemplateText;

/** Mailman 2.1's headers, footers and greetings as texts in place of ours. */
final class Mailman2Texts {
  private static final int MAX_TEXT = 20_000;
  private static final Pattern DOLLAR = Pattern.compile("\\$(?:\\{(\\w{1,64})})?");
  private static final Pattern UNSEEN = Pattern.compile("[\\p{Cntrl}\\u2028\\u2029&&[^\\n\\t]]");

  /** Mailman's words for what ours call otherwise; what is about one member cannot be in a copy. */
  private static final Map<String, String> OURS =
      Map.of(
          "list_address", "${listname}",
          "list_name", "${short_listname}",
          "list_domain", "${domain}",
          "display_name", "${display_name}",
          "description", "${description}",
          "list_url", "${list_url}",
          "unsubscribe_url", "mailto:${leave_email}",
          "user_address", "",
          "user_name", "");

  /** What is about one member, where copies are each member's own. */
  private static final Map<String, String> PERSONAL =
      Map.of(
          "unsubscribe_url", "${user_unsubscribe_url}",
          "user_address", "${user_email}",
          "user_name", "${user_name}");

  /**
   * A text in our words.
   *
   * @param template with placeholders
   * @param filled with what is known of the list in their places
   * @param lost a sentence about what it could not keep; empty when it kept all
   */
  record Converted(String template, String filled, String lost) {}

  /**
   * Converts a text.
   *
   * @param personal what the text can say of a member beside {@link #OURS}
   */
  static Converted converted(TemplateText text, Map<String, String> personal, PlanBuilder plan) {
    TreeSet<String> lost = new TreeSet<>(text.kept());
    String template =
        DOLLAR
            .matcher(text.text())
            .replaceAll(match -> Matcher.quoteReplacement(ours(match, text, personal, lost)));
    String filled =
        DOLLAR
            .matcher(text.text())
            .replaceAll(match -> Matcher.quoteReplacement(value(match, text, plan)));
    return new Converted(
        template,
        filled,
        lost.isEmpty()
            ? ""
            : "These placeholders mean nothing here: " + String.join(", ", lost) + ".");
  }

  private static String ours(
      MatchResult match, TemplateText text, Map<String, String> personal, TreeSet<String> lost) {
    String name = placeholder(match, text);
    if (name.isEmpty()) {
      return match.group().replace("$", "$$");
    }
    String ours = personal.getOrDefault(name, OURS.getOrDefault(name, ""));
    if (ours.isEmpty()) {
      lost.add(name);
    }
    return ours;
  }

  private static String value(MatchResult match, TemplateText text, PlanBuilder plan) {
    String address = plan.address().toString();
    return switch (placeholder(match, text)) {
      case "" -> match.group();
      case "list_address", "list_url" -> address;
      case "list_name" -> plan.address().localPart();
      case "list_domain" -> plan.address().domain();
      case "display_name" -> plan.displayName();
      case "description" -> plan.description();
      case "unsubscribe_url" -> "mailto:" + leaving(plan);
      default -> "";
    };
  }

  private static String leaving(PlanBuilder plan) {
    return plan.address().withLocalPart(plan.address().localPart() + "-unsubscribe").toString();
  }

  /** Empty for a dollar that is none of a placeholder of ours. */
  private static String placeholder(MatchResult match, TemplateText text) {
    String name = match.group(1);
    return name == null || !OURS.containsKey(name) || text.kept().contains(match.group())
        ? ""
        : name;
  }

  /** A text of Mailman's, how its placeholders are written, and which of a member it may have. */
  private record Source(String words, boolean dollars, Map<String, String> personal) {}

  /** All texts of the list, in its language. */
  static void texts(PlanBuilder plan, Mailman2List list, String language) {
    ListTexts texts = list.texts();
    boolean dollars = texts.dollarStrings().orElse(false);
    Map<String, String> personal =
        list.copies().personalize().orElse(Personalization.NONE) == Personalization.NONE
            ? Map.of()
            : PERSONAL;
    texts
        .msgHeader()
        .map(words -> new Source(words, dollars, personal))
        .ifPresent(text -> text(plan, "msg_header", "list:member:regular:header", language, text));
    texts
        .msgFooter()
        .map(words -> new Source(words, dollars, personal))
        .ifPresent(text -> text(plan, "msg_footer", "list:member:regular:footer", language, text));
    texts
        .digestHeader()
        .map(words -> new Source(words, dollars, Map.of()))
        .ifPresent(
            text -> text(plan, "digest_header", "list:member:digest:header", language, text));
    texts
        .digestFooter()
        .map(words -> new Source(words, dollars, Map.of()))
        .ifPresent(
            text -> text(plan, "digest_footer", "list:member:digest:footer", language, text));
    literal(plan, "welcome_msg", "list:user:notice:welcome", language, texts.welcomeMsg());
    literal(plan, "goodbye_msg", "list:user:notice:goodbye", language, texts.goodbyeMsg());
    texts
        .dollarStrings()
        .ifPresent(_ -> plan.taken("use_dollar_strings", "It says how the texts are read."));
  }

  private static void text(
      PlanBuilder plan, String field, String name, String language, Source source) {
    if (!source.words().isBlank()) {
      Converted text =
          converted(TemplateText.of(source.words(), source.dollars()), source.personal(), plan);
      put(plan, field, name, language, text.template(), text.lost());
    }
  }

  /** A greeting has no placeholders. */
  private static void literal(
      PlanBuilder plan, String field, String name, String language, Optional<String> mailman) {
    mailman
        .filter(words -> !words.isBlank())
        .ifPresent(words -> put(plan, field, name, language, words.replace("$", "$$"), ""));
  }

  /** Puts a text there, unless it is longer than one can be. */
  static void put(
      PlanBuilder plan, String field, String name, String language, String words, String lost) {
    String text =
        UNSEEN.matcher(words.replace("\r\n", "\n").replace('\r', '\n')).replaceAll("").strip()
            + "\n";
    if (text.length() > MAX_TEXT) {
      plan.left(field, "A text has at most %,d characters.".formatted(MAX_TEXT));
      return;
    }
    plan.template(field, new Template(plan.list().value(), name, language, text));
    String becomes = "It becomes the text " + name + ".";
    if (lost.isEmpty()) {
      plan.taken(field, becomes);
    } else {
      plan.partly(field, becomes + " " + lost);
    }
  }

  private Mailman2Texts() {}
}
