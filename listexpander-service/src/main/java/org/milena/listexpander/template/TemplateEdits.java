package org.milena.listexpander.template;

import java.util.Optional;
import java.util.regex.Pattern;
import org.milena.common.command.CommandOutcome;
import org.milena.common.command.CommandOutcome.Done;
import org.milena.common.command.CommandOutcome.NotFound;
import org.milena.common.command.CommandOutcome.Refused;
import org.milena.common.command.TemplateChange.DeleteTemplate;
import org.milena.common.command.TemplateChange.PutTemplate;
import org.milena.common.directory.Template;
import org.milena.common.event.Topics;
import org.milena.listexpander.ledger.Ledger;

/** Puts texts in place of ours, and takes them away. */
public final class TemplateEdits {
  private static final Pattern SCOPE =
      Pattern.compile("[^\\s\\p{Cntrl}" + Topics.KEY_SEPARATOR + "]{1,255}");

  /** Writes a text, unless it is broken. */
  public static CommandOutcome put(Ledger ledger, PutTemplate command) {
    Optional<Refused> unfit = unfit(command);
    if (unfit.isPresent()) {
      return unfit.get();
    }
    Template after =
        new Template(
            command.scope(),
            command.name(),
            command.language(),
            command.text().replace("\r\n", "\n"));
    boolean same =
        ledger
            .template(after.scope(), after.name(), after.language())
            .filter(after::equals)
            .isPresent();
    if (same) {
      return new Done("Nothing was to be changed.", 0);
    }
    ledger.put(after);
    return new Done("The text " + after.name() + " (" + after.language() + ") is changed.", 1);
  }

  /** Takes a text away. */
  public static CommandOutcome delete(Ledger ledger, DeleteTemplate command) {
    Optional<Refused> unfit = unfit(command.scope(), command.name(), command.language());
    if (unfit.isPresent()) {
      return unfit.get();
    }
    if (ledger.template(command.scope(), command.name(), command.language()).isEmpty()) {
      return new NotFound(
          "There is no text " + command.name() + " (" + command.language() + ") here.");
    }
    ledger.deleteTemplate(command.scope(), command.name(), command.language());
    return new Done("The text " + command.name() + " (" + command.language() + ") is gone.", 1);
  }

  /** Takes all texts of a scope away that is gone. */
  public static void forget(Ledger ledger, String scope) {
    for (TemplateName name : TemplateName.values()) {
      for (Language language : Language.values()) {
        if (ledger.template(scope, name.key(), language.tag()).isPresent()) {
          ledger.deleteTemplate(scope, name.key(), language.tag());
        }
      }
    }
  }

  /** Why no scope can have this text; empty when one can. */
  public static Optional<Refused> unfit(PutTemplate command) {
    return unfit(command.scope(), command.name(), command.language())
        .or(() ->
            TemplateName.of(command.name())
                        .map(name -> TemplateText.parse(name, command.text()))
                        .orElseThrow()
                    instanceof TemplateText.Result.Broken(var why)
                ? Optional.of(new Refused("template", why))
                : Optional.empty());
  }

  /** Why there is no such place for a text; empty when there is. */
  public static Optional<Refused> unfit(String scope, String name, String language) {
    if (!SCOPE.matcher(scope).matches()) {
      return Optional.of(
          new Refused("template-scope", "A text is of a list, a domain or the site."));
    }
    if (TemplateName.of(name).isEmpty()) {
      return Optional.of(new Refused("template-name", "A list writes no text of this name."));
    }
    if (TemplateName.of(name).filter(TemplateName::ofSite).isPresent()
        && !scope.equals(TemplateScope.SITE.key())) {
      return Optional.of(new Refused("template-scope", "This text is the site's alone."));
    }
    return Language.of(language).isPresent()
        ? Optional.empty()
        : Optional.of(new Refused("language", "A text is written in en or de."));
  }

  private TemplateEdits() {}
}
