package org.milena.listexpander.notice;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.milena.common.directory.MailingList;
import org.milena.common.directory.Member;
import org.milena.common.directory.PendingRequest;
import org.milena.common.event.TrackedPost;
import org.milena.common.mail.MailAddress;
import org.milena.common.settings.ArchiveAccess;
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
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm z", Locale.ROOT);

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
          case INVITE, ACCOUNT_ADDRESS ->
              throw new IllegalArgumentException(pending.kind() + " has a text of its own");
        };
    return request(ledger, list, pending.address(), name, asked(pending, token));
  }

  /**
   * Owners invite somebody.
   *
   * @param words of theirs; may be blank
   */
  public Notice invitation(
      Ledger ledger, MailingList list, PendingRequest pending, String token, String words) {
    Map<String, String> values = asked(pending, token);
    values.put("comment", words.strip());
    return request(ledger, list, pending.address(), TemplateName.INVITATION, values);
  }

  private Map<String, String> asked(PendingRequest pending, String token) {
    Map<String, String> values = OwnValues.user(pending.address(), pending.displayName());
    values.put("token", token);
    values.put("confirm_url", urls.confirm(token));
    return values;
  }

  /** Asks whether an address is really one of this account. It belongs to no list. */
  public Notice confirmAddress(Ledger ledger, String account, MailAddress address, String token) {
    Map<String, String> values = OwnValues.user(address);
    values.put("account", account);
    values.put("confirm_url", urls.confirm(token));
    TemplateText.Filled filled =
        Templates.find(
                ledger::template,
                List.of(TemplateScope.SITE),
                TemplateName.CONFIRM_ADDRESS,
                Language.EN,
                Language.EN)
            .fill(OwnValues.checked(TemplateName.CONFIRM_ADDRESS, values));
    return new Notice("postmaster", filled.subject(), filled.text());
  }

  /** For the owners of a new list: what it has. */
  public Notice newList(Ledger ledger, MailingList list) {
    return owner(ledger, list, usual(list), TemplateName.NEW_LIST, Map.of());
  }

  /** For owners and moderators: somebody wants to join or to leave. */
  public Notice requestWaits(Ledger ledger, MailingList list, PendingRequest pending) {
    Map<String, String> values = OwnValues.user(pending.address(), pending.displayName());
    values.put("until", LocalDate.ofInstant(pending.expiresAt(), ZoneOffset.UTC).toString());
    return owner(
        ledger,
        list,
        usual(list),
        pending.kind() == PendingRequest.Kind.UNSUBSCRIBE
            ? TemplateName.LEAVE_REQUEST
            : TemplateName.JOIN_REQUEST,
        values);
  }

  /** For whoever asked: a moderator decides. */
  public Notice waiting(Ledger ledger, MailingList list, MailAddress to) {
    return request(ledger, list, to, TemplateName.WAITING, OwnValues.user(to));
  }

  /** For whoever asked: a moderator said no. */
  public Notice requestRefused(
      Ledger ledger, MailingList list, PendingRequest pending, String comment) {
    Map<String, String> values = OwnValues.user(pending.address());
    values.put("comment", comment.strip());
    return owner(
        ledger,
        list,
        language(ledger, list, pending.address()),
        TemplateName.REQUEST_REFUSED,
        values);
  }

  /** For owners: there is a new member. */
  public Notice joined(Ledger ledger, MailingList list, MailAddress member, String name) {
    return owner(
        ledger, list, usual(list), TemplateName.MEMBER_JOINED, OwnValues.user(member, name));
  }

  /** For owners: there is one member less. */
  public Notice left(Ledger ledger, MailingList list, MailAddress member, String name) {
    return owner(ledger, list, usual(list), TemplateName.MEMBER_LEFT, OwnValues.user(member, name));
  }

  /** What a list is. */
  public Notice info(Ledger ledger, MailingList list, MailAddress to) {
    String joining = Words.of(language(ledger, list, to)).joining(list);
    return request(ledger, list, to, TemplateName.INFO, Map.of("joining", joining));
  }

  /** The lists of the site. */
  public Notice lists(Ledger ledger, MailingList list, MailAddress to, List<MailingList> all) {
    String lines = Words.of(language(ledger, list, to)).lists(all);
    return request(ledger, list, to, TemplateName.LISTS_HERE, Map.of("lists", lines));
  }

  /** The lists somebody is on. */
  public Notice which(Ledger ledger, MailingList list, MailAddress to, List<MailingList> all) {
    Map<String, String> values = OwnValues.user(to);
    values.put("lists", Words.of(language(ledger, list, to)).lists(all));
    return request(ledger, list, to, TemplateName.LISTS_OF_MEMBER, values);
  }

  /**
   * The members, as far as one may know them.
   *
   * @param more how many are not named
   */
  public Notice roster(
      Ledger ledger, MailingList list, MailAddress to, List<String> members, int more) {
    Language language = language(ledger, list, to);
    String named = members.stream().map(line -> "  " + line).collect(Collectors.joining("\n"));
    return request(
        ledger,
        list,
        to,
        TemplateName.ROSTER,
        Map.of(
            "count",
            String.format(language.locale(), "%,d", members.size() + more),
            "members",
            more == 0 ? named : named + "\n  ..."));
  }

  /** What a member gets, and how. */
  public Notice options(Ledger ledger, MailingList list, Member member) {
    Language language = language(ledger, list, member.address());
    Map<String, String> values = OwnValues.user(member.address());
    values.put("options", Words.of(language).options(member.options(), language));
    return request(ledger, list, member.address(), TemplateName.MEMBER_OPTIONS, values);
  }

  /** For an address that had all answers it can have today. */
  Notice noMoreToday(Ledger ledger, MailingList list, MailAddress to, int answers) {
    Map<String, String> values = OwnValues.user(to);
    values.put("count", Integer.toString(answers));
    return request(ledger, list, to, TemplateName.NO_MORE_TODAY, values);
  }

  /** Somebody has joined. */
  public Notice welcome(Ledger ledger, MailingList list, MailAddress member) {
    return request(ledger, list, member, TemplateName.WELCOME, OwnValues.user(member));
  }

  /** The day came until which a member wanted no posts. */
  public Notice resumed(Ledger ledger, MailingList list, MailAddress member) {
    return request(ledger, list, member, TemplateName.RESUMED, OwnValues.user(member));
  }

  /** Somebody has left. */
  public Notice goodbye(Ledger ledger, MailingList list, MailAddress member) {
    return request(ledger, list, member, TemplateName.GOODBYE, OwnValues.user(member));
  }

  /** Somebody wants to join who is there already. Only the member learns it. */
  public Notice alreadyMember(Ledger ledger, MailingList list, MailAddress member) {
    return request(ledger, list, member, TemplateName.ALREADY_MEMBER, OwnValues.user(member));
  }

  /** Somebody wants to leave who is not there. */
  public Notice notMember(Ledger ledger, MailingList list, MailAddress address) {
    return request(ledger, list, address, TemplateName.NOT_MEMBER, OwnValues.user(address));
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

  /**
   * What became of several commands.
   *
   * @param more longer answers to the same, which stand below
   */
  public Notice results(
      Ledger ledger, MailingList list, MailAddress to, List<String> lines, List<Notice> more) {
    String end = signature(ledger, list, language(ledger, list, to));
    List<String> parts = new ArrayList<>();
    if (!lines.isEmpty()) {
      parts.add(String.join("\n", lines));
    }
    for (Notice notice : more) {
      String text = notice.text();
      parts.add(
          (text.endsWith(end) ? text.substring(0, text.length() - end.length()) : text).strip());
    }
    return request(
        ledger,
        list,
        to,
        TemplateName.RESULTS_OF_COMMANDS,
        Map.of("results", String.join("\n\n", parts)));
  }

  /** What the last notice to moderators within an hour ends with. */
  String flood(Ledger ledger, MailingList list) {
    return part(ledger::template, list, usual(list), TemplateName.FLOOD, Map.of());
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

  /**
   * What stands in a copy in the place of an attachment, in the list's language.
   *
   * @param url where the archive has the file
   */
  public String attachment(
      Ledger ledger, MailingList list, String name, String type, long size, String url) {
    Language language = usual(list);
    boolean closed = list.settings().archive().archiveAccess() != ArchiveAccess.PUBLIC;
    return part(
        ledger::template,
        list,
        language,
        TemplateName.ATTACHMENT,
        Map.of(
            "file_name", name,
            "file_type", type,
            "file_size", String.format(language.locale(), "%,d", size),
            "file_url", url,
            "archive_access", closed ? Words.of(language).membersOnly() : ""));
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
    TemplateText.Filled filled = filled(ledger::template, list, language, name, values);
    return new Notice(from, filled.subject(), filled.text() + signature(ledger, list, language));
  }

  /** What ends each mail: a line of two hyphens and the signature, or nothing. */
  private String signature(Ledger ledger, MailingList list, Language language) {
    String text = part(ledger::template, list, language, TemplateName.SIGNATURE, Map.of());
    return text.isBlank() ? "" : "\n-- \n" + text;
  }

  /**
   * A text with its subject.
   *
   * @param own as in {@link #part}
   */
  public TemplateText.Filled filled(
      Rows rows, MailingList list, Language wanted, TemplateName name, Map<String, String> own) {
    Map<String, String> values = new HashMap<>(OwnValues.checked(name, own));
    values.putAll(ListValues.of(list, urls));
    return Templates.find(rows, TemplateScope.chain(list), name, wanted, usual(list)).fill(values);
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
        Map.of("subject", OwnValues.subject(subject, language), "post_url", postUrl));
  }

  /** For an author who wants it: what became of the copies of a post. Names nobody. */
  public Notice delivered(Ledger ledger, MailingList list, TrackedPost post) {
    Language language = language(ledger, list, post.author());
    Map<String, String> values = new HashMap<>();
    values.put("subject", OwnValues.subject(post.subject(), language));
    values.put("count", String.valueOf(post.recipients()));
    values.put("delivered", String.valueOf(post.delivered()));
    values.put("failed", String.valueOf(post.failed()));
    values.put("waiting", String.valueOf(post.waiting()));
    values.put("first_at", moment(list, post.firstAt()));
    values.put("last_at", moment(list, post.lastAt()));
    return owner(ledger, list, language, TemplateName.DELIVERED_POST, values);
  }

  /** In the list's time zone, to the minute. */
  private static String moment(MailingList list, @Nullable Instant at) {
    return at == null ? "-" : MOMENT.format(at.atZone(list.settings().digests().timeZone()));
  }
}
