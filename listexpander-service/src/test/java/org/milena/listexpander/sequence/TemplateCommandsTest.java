package org.milena.listexpander.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.milena.common.command.CommandOutcome;
import org.milena.common.command.CommandRecord;
import org.milena.common.command.DomainChange;
import org.milena.common.command.ListChange;
import org.milena.common.command.ListCommand;
import org.milena.common.command.OutcomeRecord;
import org.milena.common.command.RequestChange;
import org.milena.common.command.TemplateChange;
import org.milena.common.directory.MailDomain;
import org.milena.common.directory.Template;
import org.milena.common.event.Topics;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;
import org.milena.common.settings.SettingsPatch;
import org.milena.listexpander.fake.Fixtures;
import org.milena.listexpander.fake.ListWorld;
import org.milena.listexpander.fake.MemoryTransaction;
import org.milena.listexpander.template.TemplateName;

class TemplateCommandsTest {
  private static final String LIST = Fixtures.USERS_ID.value();
  private static final String WELCOME = "list:user:notice:welcome";
  private final ListWorld world = new ListWorld().with(Fixtures.list());

  @Test
  void writesATextOfAList() {
    assertThat(give(Fixtures.USERS_ID, put(LIST, "Hi\r\n${user_email}")))
        .isInstanceOfSatisfying(
            CommandOutcome.Done.class, done -> assertThat(done.changed()).isEqualTo(1));
    assertThat(row(LIST)).contains(new Template(LIST, WELCOME, "en", "Hi\n${user_email}"));
    assertThat(give(Fixtures.USERS_ID, put(LIST, "Hi\n${user_email}")))
        .isEqualTo(new CommandOutcome.Done("Nothing was to be changed.", 0));
    assertThat(give(Fixtures.USERS_ID, delete(LIST))).isInstanceOf(CommandOutcome.Done.class);
    assertThat(row(LIST)).isEmpty();
    assertThat(give(Fixtures.USERS_ID, delete(LIST))).isInstanceOf(CommandOutcome.NotFound.class);
  }

  @ParameterizedTest
  @CsvSource({"lists.example.org", MailDomain.SITE})
  void writesATextOfADomainAndOfTheSite(String scope) {
    assertThat(give(null, put(scope, "Hi"))).isInstanceOf(CommandOutcome.Done.class);
    assertThat(row(scope)).isPresent();
    assertThat(give(null, delete(scope))).isInstanceOf(CommandOutcome.Done.class);
    assertThat(row(scope)).isEmpty();
  }

  @Test
  void usesItFromThenOn() {
    give(Fixtures.USERS_ID, put(LIST, "Subject: Hi ${user_email}\n\nHi"));
    world.take(
        new ListChange.ChangeList(null, null, SettingsPatch.of("subscribePolicy", "OPEN"), null));
    MemoryTransaction written =
        world.take(new RequestChange.Subscribe(MailAddress.of("ann@a.example"), "Ann"));
    assertThat(
            new String(
                Objects.requireNonNull(written.on(Topics.OUTGOING).getFirst().value()),
                StandardCharsets.UTF_8))
        .contains("Subject: Hi ann@a.example\r\n", "\r\n\r\nHi\r\n");
  }

  @Test
  void takesATextOnlyWhereItBelongs() {
    refused(Fixtures.USERS_ID, put(MailDomain.SITE, "Hi"), "template-scope");
    refused(Fixtures.USERS_ID, put("lists.example.org", "Hi"), "template-scope");
    refused(null, put(LIST, "Hi"), "template-scope");
    refused(null, delete(LIST), "template-scope");
    refused(null, put("a|b", "Hi"), "template-scope");
    refused(
        Fixtures.USERS_ID,
        new TemplateChange.PutTemplate(LIST, TemplateName.CONFIRM_ADDRESS.key(), "en", "Hi"),
        "template-scope");
    assertThat(give(ListId.of("none.lists.example.org"), put("none.lists.example.org", "Hi")))
        .isInstanceOf(CommandOutcome.NotFound.class);
  }

  @Test
  void takesNoBrokenText() {
    refused(Fixtures.USERS_ID, put(LIST, "Hi ${nobody}"), "template");
    refused(Fixtures.USERS_ID, put(LIST, " "), "template");
    refused(
        Fixtures.USERS_ID,
        new TemplateChange.PutTemplate(LIST, "list:x", "en", "x"),
        "template-name");
    refused(
        Fixtures.USERS_ID, new TemplateChange.PutTemplate(LIST, WELCOME, "fr", "x"), "language");
    assertThat(row(LIST)).isEmpty();
  }

  @Test
  void forgetsTheTextsOfAListThatIsGone() {
    give(Fixtures.USERS_ID, put(LIST, "Hi"));
    give(Fixtures.USERS_ID, new ListChange.DeleteList());
    assertThat(row(LIST)).isEmpty();
  }

  @Test
  void forgetsTheTextsOfADomainThatIsGone() {
    String domain = "other.example.org";
    give(
        null,
        new DomainChange.PutDomain(new MailDomain(domain, "", Set.of(), List.of(), List.of())));
    give(null, put(domain, "Hi"));
    assertThat(row(domain)).isPresent();
    give(null, new DomainChange.DeleteDomain(domain));
    assertThat(row(domain)).isEmpty();
  }

  private void refused(@Nullable ListId list, ListCommand command, String code) {
    assertThat(give(list, command))
        .isInstanceOfSatisfying(
            CommandOutcome.Refused.class, refused -> assertThat(refused.code()).isEqualTo(code));
  }

  private CommandOutcome give(@Nullable ListId list, ListCommand command) {
    return world
        .take(new CommandRecord("c1", list, "ann", "192.0.2.7", world.now(), command))
        .on(Topics.OUTCOMES, OutcomeRecord.class)
        .getFirst()
        .outcome();
  }

  private Optional<Template> row(String scope) {
    return world.tables.directory().templates().get(Template.key(scope, WELCOME, "en"));
  }

  private static ListCommand put(String scope, String text) {
    return new TemplateChange.PutTemplate(scope, WELCOME, "en", text);
  }

  private static ListCommand delete(String scope) {
    return new TemplateChange.DeleteTemplate(scope, WELCOME, "en");
  }
}
