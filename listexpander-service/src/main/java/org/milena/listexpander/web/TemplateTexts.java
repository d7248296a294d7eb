package org.milena.listexpander.web;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.milena.common.command.CommandOutcome.Done;
import org.milena.common.command.ListCommand;
import org.milena.common.command.TemplateChange;
import org.milena.common.directory.Directory;
import org.milena.common.directory.MailDomain;
import org.milena.common.directory.MailingList;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;
import org.milena.common.settings.ListSettings;
import org.milena.common.web.ApiProblem;
import org.milena.listexpander.notice.Texts;
import org.milena.listexpander.template.Language;
import org.milena.listexpander.template.Placeholder;
import org.milena.listexpander.template.TemplateName;
import org.milena.listexpander.template.TemplateScope;
import org.milena.listexpander.template.TemplateScope.Giver;
import org.milena.listexpander.template.TemplateText;
import org.milena.listexpander.template.Templates;

/** What the API does with the texts of lists, of domains and of the site alike. */
public final class TemplateTexts {
  private final Directory directory;
  private final Texts texts;
  private final CommandSender commands;

  public TemplateTexts(Directory directory, Texts texts, CommandSender commands) {
    this.directory = directory;
    this.texts = texts;
    this.commands = commands;
  }

  /**
   * Whose texts it is about.
   *
   * @param scopes where they are looked for; the first is what is changed
   * @param sample the list that a preview speaks of
   */
  record Place(List<TemplateScope> scopes, MailingList sample) {
    static Place of(MailingList list) {
      return new Place(TemplateScope.chain(list), list);
    }

    static Place ofDomain(String domain) {
      return new Place(
          List.of(TemplateScope.ofDomain(domain), TemplateScope.SITE), sampleAt(domain));
    }

    static Place ofSite() {
      return new Place(List.of(TemplateScope.SITE), sampleAt("lists.example.org"));
    }

    private static MailingList sampleAt(String domain) {
      MailAddress address = MailAddress.of("users@" + domain);
      return new MailingList(
          ListId.forAddress(address),
          address,
          "Users",
          "For all users.",
          ListSettings.DISCUSSION,
          Instant.EPOCH,
          1);
    }

    TemplateScope scope() {
      return scopes.getFirst();
    }
  }

  /**
   * A text as it is used.
   *
   * @param language of this text
   * @param givenBy whose it is
   */
  record TemplateView(String name, String purpose, String language, Giver givenBy, String text) {}

  /**
   * The same, with what whoever changes it needs to know.
   *
   * @param hasSubject whether its first line may be {@code Subject: …}
   */
  record TemplateDetails(
      String name,
      String purpose,
      String language,
      Giver givenBy,
      String text,
      boolean hasSubject,
      boolean mayBeEmpty,
      List<Placeholder> placeholders) {}

  /** A text to be. */
  record TemplateBody(@Nullable String text) {}

  /**
   * How a text looks with values in it.
   *
   * @param subject null where there is none
   */
  record TemplatePreview(@Nullable String subject, String text) {}

  /** Every text, as a reader of this language gets it. */
  List<TemplateView> all(Place place, String language) {
    Language wanted = language(place, language);
    boolean ofSite = place.scope().giver() == Giver.SITE;
    return Stream.of(TemplateName.values())
        .filter(name -> ofSite || !name.ofSite())
        .map(name -> find(place, name, wanted))
        .map(found ->
            new TemplateView(
                found.name().key(),
                found.name().purpose(),
                found.language().tag(),
                found.giver(),
                found.text().source()))
        .toList();
  }

  /** One text, as a reader of this language gets it. */
  TemplateDetails one(Place place, String key, String language) {
    Templates.Found found = find(place, name(key), language(place, language));
    return new TemplateDetails(
        found.name().key(),
        found.name().purpose(),
        found.language().tag(),
        found.giver(),
        found.text().source(),
        found.name().hasSubject(),
        found.name().mayBeEmpty(),
        found.name().placeholders());
  }

  /** Writes a text. */
  TemplateDetails put(Place place, String key, String language, TemplateBody body) {
    TemplateName name = name(key);
    Language wanted = language(place, language);
    String text = body.text();
    if (text == null) {
      throw ApiProblem.badRequest("text-missing", "Say what the text shall be.");
    }
    var _ =
        send(
            place,
            new TemplateChange.PutTemplate(place.scope().key(), name.key(), wanted.tag(), text));
    return one(place, key, language);
  }

  /** Takes a text away. */
  Done delete(Place place, String key, String language) {
    return send(
        place,
        new TemplateChange.DeleteTemplate(
            place.scope().key(), name(key).key(), language(place, language).tag()));
  }

  /** Shows a text with values in it, the one in use where none is given; nothing is stored. */
  TemplatePreview preview(Place place, String key, String language, TemplateBody body) {
    TemplateName name = name(key);
    Language wanted = language(place, language);
    String text = body.text();
    Templates.Found found =
        text == null
            ? find(place, name, wanted)
            : new Templates.Found(name, place.scope().giver(), wanted, read(name, text));
    TemplateText.Filled filled = texts.example(place.sample(), found);
    return new TemplatePreview(name.hasSubject() ? filled.subject() : null, filled.text());
  }

  private Done send(Place place, ListCommand command) {
    TemplateScope scope = place.scope();
    return scope.giver() == Giver.LIST
        ? commands.send(place.sample().id(), command)
        : commands.sendForKey(MailDomain.commandKey(scope.key()), command);
  }

  private Templates.Found find(Place place, TemplateName name, Language wanted) {
    return Templates.find(
        directory::template, place.scopes(), name, wanted, Texts.usual(place.sample()));
  }

  private static TemplateText read(TemplateName name, String text) {
    return switch (TemplateText.parse(name, text)) {
      case TemplateText.Result.Fits(var fits) -> fits;
      case TemplateText.Result.Broken(var why) -> throw ApiProblem.badRequest("template", why);
    };
  }

  private static TemplateName name(String key) {
    return TemplateName.of(key)
        .orElseThrow(() -> ApiProblem.notFound("A list writes no text " + key + "."));
  }

  /** The one that is asked for, else the list's. */
  private static Language language(Place place, String tag) {
    return tag.isEmpty()
        ? Texts.usual(place.sample())
        : Language.of(tag)
            .orElseThrow(() -> ApiProblem.badRequest("language", "Texts are written in en or de."));
  }
}
