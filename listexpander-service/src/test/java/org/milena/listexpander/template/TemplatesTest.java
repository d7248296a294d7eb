package org.milena.listexpander.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.milena.common.directory.Template;
import org.milena.listexpander.fake.Fixtures;
import org.milena.listexpander.template.TemplateScope.Giver;
import org.milena.listexpander.template.Templates.Found;

class TemplatesTest {
  private static final String LIST = Fixtures.USERS_ID.value();
  private static final String DOMAIN = "lists.example.org";
  private final Map<String, Template> rows = new HashMap<>();

  @Test
  void takesOursWhereNobodyWroteAnother() {
    assertThat(find(Language.DE, Language.EN))
        .isEqualTo(
            new Found(
                TemplateName.WELCOME,
                Giver.MILENA,
                Language.DE,
                Catalogue.ours().text(TemplateName.WELCOME, Language.DE)));
  }

  @Test
  void looksInTheListThenItsDomainThenTheSite() {
    put("*", "en", "site");
    assertThat(text(Language.EN, Language.EN)).isEqualTo("site\n");
    put(DOMAIN, "en", "domain");
    assertThat(text(Language.EN, Language.EN)).isEqualTo("domain\n");
    put(LIST, "en", "list");
    assertThat(text(Language.EN, Language.EN)).isEqualTo("list\n");
    assertThat(find(Language.EN, Language.EN).giver()).isEqualTo(Giver.LIST);
    put("other.example.org", "en", "other");
    assertThat(text(Language.EN, Language.EN)).isEqualTo("list\n");
  }

  @Test
  void looksInAScopeForTheReadersLanguageThenTheListsThenEnglish() {
    put("*", "de", "Site");
    put(LIST, "en", "list");
    assertThat(text(Language.DE, Language.DE)).isEqualTo("list\n");
    assertThat(find(Language.DE, Language.DE).language()).isEqualTo(Language.EN);
    put(LIST, "de", "Liste");
    assertThat(text(Language.DE, Language.EN)).isEqualTo("Liste\n");
    assertThat(text(Language.EN, Language.DE)).isEqualTo("list\n");
    rows.remove(Template.key(LIST, TemplateName.WELCOME.key(), "en"));
    assertThat(text(Language.EN, Language.DE)).isEqualTo("Liste\n");
  }

  @Test
  void doesNotLookForLanguagesThatNobodyWants() {
    put(LIST, "de", "Liste");
    assertThat(find(Language.EN, Language.EN).giver()).isEqualTo(Giver.MILENA);
  }

  @Test
  void passesOverWhatIsBroken() {
    put(LIST, "en", "${gone}");
    put(DOMAIN, "en", "domain");
    assertThat(text(Language.EN, Language.EN)).isEqualTo("domain\n");
  }

  @Test
  void takesOurSubjectWhereATextHasNone() {
    put(LIST, "de", "Hallo");
    assertThat(
            find(Language.DE, Language.EN)
                .fill(TemplateTextTest.examples(TemplateName.WELCOME))
                .subject())
        .isEqualTo("Willkommen auf users@lists.example.org");
  }

  private Found find(Language wanted, Language usual) {
    return Templates.find(
        (scope, name, language) ->
            Optional.ofNullable(rows.get(Template.key(scope, name, language))),
        TemplateScope.chain(Fixtures.list()),
        TemplateName.WELCOME,
        wanted,
        usual);
  }

  private String text(Language wanted, Language usual) {
    return find(wanted, usual).fill(TemplateTextTest.examples(TemplateName.WELCOME)).text();
  }

  private void put(String scope, String language, String text) {
    String name = TemplateName.WELCOME.key();
    rows.put(Template.key(scope, name, language), new Template(scope, name, language, text));
  }

  @Test
  void knowsTheScopesOfAList() {
    assertThat(TemplateScope.chain(Fixtures.list()))
        .isEqualTo(
            List.of(
                new TemplateScope(Giver.LIST, LIST),
                new TemplateScope(Giver.DOMAIN, DOMAIN),
                TemplateScope.SITE));
  }
}
