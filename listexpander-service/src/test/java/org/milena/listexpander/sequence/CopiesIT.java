package org.milena.listexpander.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.milena.common.command.CommandOutcome;
import org.milena.common.command.ListChange;
import org.milena.common.command.ListCommand;
import org.milena.common.command.MemberChange;
import org.milena.common.command.MemberChange.NewMember;
import org.milena.common.command.TemplateChange;
import org.milena.common.directory.MemberRole;
import org.milena.common.event.Delivery;
import org.milena.common.event.MailEvent;
import org.milena.common.event.OutgoingMeta;
import org.milena.common.event.PersonalCopies;
import org.milena.common.event.PersonalMark;
import org.milena.common.event.PersonalValue;
import org.milena.common.event.Topics;
import org.milena.common.mail.MailAddress;
import org.milena.common.settings.ListSettings;
import org.milena.common.stage.MailReader.StoredMail;
import org.milena.common.stage.MailRecords;
import org.milena.engines.kafka.EmbeddedKafka;
import org.milena.listexpander.fake.Fixtures;
import org.milena.listexpander.fake.Instance;
import org.milena.testkit.kafka.SharedBroker;

/** What copies are made of stands on the broker as egress will read it. */
class CopiesIT {
  private final EmbeddedKafka broker = SharedBroker.fresh();
  private Instance instance;

  @BeforeEach
  void start() {
    instance = new Instance(broker.bootstrapServers(), "a");
  }

  @AfterEach
  void stop() {
    instance.close();
    broker.close();
  }

  @Test
  void aPostIsWrittenOnceWithMarksAndLinksAndADeliveryHasTheNames() {
    done(
        new ListChange.CreateList(
            Fixtures.USERS,
            "Users",
            "",
            ListSettings.DISCUSSION.with("personalize", "FULL").with("attachments", "LINK")));
    done(
        new TemplateChange.PutTemplate(
            Fixtures.USERS_ID.value(),
            "list:member:regular:footer",
            "en",
            "For ${user_name_or_email} of ${display_name}"));
    done(
        new MemberChange.PutMembers(
            List.of(
                NewMember.of(MailAddress.of("ann@a.example"), "Ann", Set.of(MemberRole.MEMBER)))));
    instance.publish(
        Fixtures.post(
            "ann@a.example",
            "From: ann@a.example\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\ntext\n--b\n"
                + "Content-Type: application/pdf; name=r.pdf\n\nthe file\n--b--\n"));
    Instance.await(() ->
        instance.json(Topics.EVENTS, MailEvent.class).stream()
            .anyMatch(event ->
                event.kind() == MailEvent.Kind.EXPANDED
                    && event.text().contains("An attachment became a link.")));
    Delivery delivery = instance.json(Topics.DELIVERIES, Delivery.class).getFirst();
    assertThat(delivery.personal()).isEqualTo(new PersonalCopies(true, null, List.of("Ann")));
    StoredMail content = instance.access.mailReader().read(delivery.content());
    List<PersonalMark> marks = MailRecords.meta(content.record(), OutgoingMeta.class).marks();
    assertThat(marks).extracting(PersonalMark::value).containsExactly(PersonalValue.NAME_OR_EMAIL);
    String copy = new String(content.message().toByteArray(), StandardCharsets.UTF_8);
    assertThat(copy.substring(0, marks.getFirst().at())).endsWith("\r\n=46or=20=\r\n");
    assertThat(copy.substring(marks.getFirst().at())).startsWith(" of Users");
    assertThat(copy)
        .contains("/attachment/2\r\n")
        .doesNotContain("the file")
        .doesNotContain("\r\nTo: ");
    assertThat(
            new String(instance.records(Topics.POSTS).getFirst().value(), StandardCharsets.UTF_8))
        .contains("the file")
        .doesNotContain("of Users\r\n");
    assertThat(instance.records(Topics.DEAD_LETTERS)).isEmpty();
  }

  private void done(ListCommand command) {
    assertThat(instance.commands.send(Fixtures.USERS_ID, command, "admin", ""))
        .isInstanceOf(CommandOutcome.Done.class);
  }
}
