package org.milena.listexpander.template;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.milena.common.directory.Template;
import org.milena.listexpander.template.TemplateScope.Giver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the text to use: the list's, else its domain's, else the site's, else ours. Within each
 * scope first in the reader's language, then in the list's, then in English; only then comes the
 * next scope, since what owners wrote says more than what we could say in another language.
 */
public final class Templates {
  private static final Logger log = LoggerFactory.getLogger(Templates.class);

  /** Where texts are looked up: the ledger in a transaction, else the directory. */
  @FunctionalInterface
  public interface Rows {
    /** The text of exactly this scope, name and language. */
    Optional<Template> find(String scope, String name, String language);
  }

  /**
   * A text to use.
   *
   * @param language which it is in
   */
  public record Found(TemplateName name, Giver giver, Language language, TemplateText text) {

    /** Puts values in; without a subject of its own, ours is taken. */
    public TemplateText.Filled fill(Map<String, String> values) {
      TemplateText.Filled filled = text.fill(values);
      if (!name.hasSubject() || text.hasSubject()) {
        return filled;
      }
      return new TemplateText.Filled(
          Catalogue.ours().text(name, language).fill(values).subject(), filled.text());
    }
  }

  /**
   * The text to use.
   *
   * @param scopes where to look, in this order; ours come last without being named
   * @param wanted the reader's language
   * @param usual the list's language
   */
  public static Found find(
      Rows rows, List<TemplateScope> scopes, TemplateName name, Language wanted, Language usual) {
    Set<Language> languages = new LinkedHashSet<>(List.of(wanted));
    languages.add(usual);
    languages.add(Language.EN);
    for (TemplateScope scope : scopes) {
      for (Language language : languages) {
        Optional<Found> found =
            rows.find(scope.key(), name.key(), language.tag())
                .flatMap(row -> read(row, scope, name, language));
        if (found.isPresent()) {
          return found.get();
        }
      }
    }
    return new Found(name, Giver.MILENA, wanted, Catalogue.ours().text(name, wanted));
  }

  /** Broken ones are not written; what an older version took may be broken for this one. */
  private static Optional<Found> read(
      Template row, TemplateScope scope, TemplateName name, Language language) {
    return switch (TemplateText.parse(name, row.text())) {
      case TemplateText.Result.Fits(var text) ->
          Optional.of(new Found(name, scope.giver(), language, text));
      case TemplateText.Result.Broken(var why) -> {
        log.warn(
            "the text {} ({}) of {} is passed over: {}", name.key(), language, scope.key(), why);
        yield Optional.empty();
      }
    };
  }

  private Templates() {}
}
