package org.milena.listexpander.notice;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.milena.common.directory.MailingList;
import org.milena.common.directory.Member;
import org.milena.common.event.Hold;
import org.milena.common.event.PendingRequest;
import org.milena.common.header.OneLine;
import org.milena.common.mail.MailAddress;
import org.milena.listexpander.ledger.Ledger;
import org.milena.listexpander.preparation.SiteUrls;
import org.milena.listexpander.template.Language;
import org.milena.listexpander.template.Placeholder;
import org.milena.listexpander.template.TemplateName;
import org.milena.listexpander.template.TemplateScope;
import org.milena.listexpander.template.TemplateText;
import org.milena.listexpander.template.Templates;
import org.milena.listexpander.template.Templates.Rows;

/**
 * Every text that a list writes: one method, one {@link TemplateName} and its values. In the
 * language that the reader chose as a member, else in the list's.
 */
public final class Texts {
  private static final int MAX_SUBJECT = 700;

  private final SiteUrls urls;

  public Texts(SiteUrls urls) {
    this.urls = urls;
  }

  /** How to use the list by mail. */
  public Notice help(Ledger ledger, MailingList list, MailAddress to) {
    return request(ledger, list, to, TemplateName.HELP, Map.of());
  }

  /** Asks whether a request is really meant. */
  public Notice confirm(Ledger ledger, MailingList list, PendingRequest pending, String token) {
    TemplateName name =
        switch (pending.kind()) {
          case SUBSCRIBE -> TemplateName.CONFIRM_JOINING;
          case UNSUBSCRIBE -> TemplateName.CONFIRM_LEAVING;
        };
    return request(
        ledger,
        list,
        pending.address(),
        name,
        Map.of(
            "user_email", pending.address().toString(),
            "user_name", pending.displayName(),
            "token", token,
            "confirm_url", urls.confirm(token)));
  }

  /** Somebody has joined. */
  public Notice welcome(Ledger ledger, MailingList list, MailAddress member) {
    return request(ledger, list, member, TemplateName.WELCOME, user(member));
  }

  /** Somebody has left. */
  public Notice goodbye(Ledger ledger, MailingList list, MailAddress member) {
    return request(ledger, list, member, TemplateName.GOODBYE, user(member));
  }

  /** Somebody wants to join who is there already. Only the member learns it. */
  public Notice alreadyMember(Ledger ledger, MailingList list, MailAddress member) {
    return request(ledger, list, member, TemplateName.ALREADY_MEMBER, user(member));
  }

  /** Somebody wants to leave who is not there. */
  public Notice notMember(Ledger ledger, MailingList list, MailAddress address) {
    return request(ledger, list, address, TemplateName.NOT_MEMBER, user(address));
  }

  /** What owners have everybody told who writes to an address of the list. */
  public Notice automatic(
      Ledger ledger, MailingList list, MailAddress to, AutoAnswers.Door door, String text) {
    MailAddress written =
        switch (door) {
          case POSTS -> list.address();
          case OWNER -> list.roleAddress("owner");
          case REQUESTS -> list.roleAddress("request");
        };
    return owner(
        ledger,
        list,
        language(ledger, list, to),
        TemplateName.AUTOMATIC,
        Map.of("written_to", written.toString(), "answer", text.strip()));
  }

  /** Only owners add members here. */
  public Notice closed(Ledger ledger, MailingList list, MailAddress to) {
    return request(ledger, list, to, TemplateName.CLOSED, Map.of());
  }

  /** What became of several commands. */
  public Notice results(Ledger ledger, MailingList list, MailAddress to, List<String> lines) {
    return request(
        ledger,
        list,
        to,
        TemplateName.RESULTS_OF_COMMANDS,
        Map.of("results", String.join("\n", lines)));
  }

  /** For moderators. */
  public Notice held(Ledger ledger, MailingList list, Hold hold) {
    Language language = usual(list);
    return owner(
        ledger,
        list,
        language,
        TemplateName.HELD_POST,
        Map.of(
            "sender_email", hold.author(),
            "subject", subject(hold.subject(), language),
            "size", String.format(language.locale(), "%,d", hold.size()),
            "reasons", bullets(hold.reasons())));
  }

  /** What the last notice to moderators within an hour ends with. */
  String flood(Ledger ledger, MailingList list) {
    return part(ledger::template, list, usual(list), TemplateName.FLOOD, Map.of());
  }

  /** For an author whose address is proven. */
  public Notice heldForAuthor(Ledger ledger, MailingList list, MailAddress to, Hold hold) {
    Language language = language(ledger, list, to);
    return owner(
        ledger,
        list,
        language,
        TemplateName.HELD_FOR_AUTHOR,
        Map.of(
            "subject", subject(hold.subject(), language),
            "reasons", bullets(hold.reasons())));
  }

  /** For an author whose address is proven. */
  public Notice rejected(
      Ledger ledger,
      MailingList list,
      MailAddress to,
      String subject,
      List<String> reasons,
      String comment) {
    Language language = language(ledger, list, to);
    return owner(
        ledger,
        list,
        language,
        TemplateName.REJECTED,
        Map.of(
            "subject", subject(subject, language),
            "reasons", bullets(reasons),
            "comment", comment.strip()));
  }

  /**
   * A text that is part of a mail, such as a footer.
   *
   * @param values of exactly the name's {@linkplain TemplateName#own() own} placeholders
   * @return lines that end in {@code \n}; empty when there is nothing to say
   */
  public String part(
      Rows rows, MailingList list, Language wanted, TemplateName name, Map<String, String> values) {
    return filled(rows, list, wanted, name, values).text();
  }

  /** A text with values made up where they are not the list's. */
  public TemplateText.Filled example(MailingList list, Templates.Found found) {
    Map<String, String> values = ListValues.of(list, urls);
    for (Placeholder own : found.name().own()) {
      values.put(own.name(), own.example());
    }
    return found.fill(values);
  }

  /** The language of the list's mail to somebody. */
  public static Language language(Ledger ledger, MailingList list, MailAddress reader) {
    return ledger
        .member(list.id(), reader)
        .map(Member::options)
        .flatMap(options -> Language.of(options.language()))
        .orElseGet(() -> usual(list));
  }

  /** The language of the list. */
  public static Language usual(MailingList list) {
    return Language.orEnglish(list.settings().membership().language());
  }

  Notice request(
      Ledger ledger,
      MailingList list,
      MailAddress to,
      TemplateName name,
      Map<String, String> values) {
    return notice("request", ledger, list, language(ledger, list, to), name, values);
  }

  Notice owner(
      Ledger ledger,
      MailingList list,
      Language language,
      TemplateName name,
      Map<String, String> values) {
    return notice("owner", ledger, list, language, name, values);
  }

  private Notice notice(
      String from,
      Ledger ledger,
      MailingList list,
      Language language,
      TemplateName name,
      Map<String, String> values) {
    Rows rows = ledger::template;
    TemplateText.Filled filled = filled(rows, list, language, name, values);
    String signature = part(rows, list, language, TemplateName.SIGNATURE, Map.of());
    return new Notice(
        from,
        filled.subject(),
        signature.isBlank() ? filled.text() : filled.text() + "\n-- \n" + signature);
  }

  private TemplateText.Filled filled(
      Rows rows, MailingList list, Language wanted, TemplateName name, Map<String, String> own) {
    Set<String> expected = name.own().stream().map(Placeholder::name).collect(Collectors.toSet());
    if (!own.keySet().equals(expected)) {
      // here and always, not only where an owner's text happens to ask for it
      throw new IllegalArgumentException(name + " has " + expected + ", not " + own.keySet());
    }
    Map<String, String> values = new HashMap<>(own);
    values.putAll(ListValues.of(list, urls));
    return Templates.find(rows, TemplateScope.chain(list), name, wanted, usual(list)).fill(values);
  }

  private static Map<String, String> user(MailAddress address) {
    return Map.of("user_email", address.toString());
  }

  private static String subject(String subject, Language language) {
    String line = OneLine.of(subject, MAX_SUBJECT);
    if (!line.isEmpty()) {
      return line;
    }
    return switch (language) {
      case EN -> "(no subject)";
      case DE -> "(ohne Betreff)";
    };
  }

  /**
   * For a member who wants to know that a post of his is on its way.
   *
   * @param postUrl where it is to be read; empty without an archive
   */
  public Notice acknowledgement(
      Ledger ledger, MailingList list, MailAddress to, String subject, String postUrl) {
    Language language = language(ledger, list, to);
    return owner(
        ledger,
        list,
        language,
        TemplateName.ACKNOWLEDGEMENT,
        Map.of("subject", subject(subject, language), "post_url", postUrl));
  }

  private static String bullets(List<String> reasons) {
    return reasons.stream().map(reason -> "- " + reason).collect(Collectors.joining("\n"));
  }
}
