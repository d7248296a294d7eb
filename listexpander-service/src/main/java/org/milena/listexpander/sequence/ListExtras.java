package org.milena.listexpander.sequence;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.milena.common.directory.MailingList;
import org.milena.common.event.PersonalValue;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.RawMessage;
import org.milena.common.pattern.AddressPatterns;
import org.milena.listexpander.digest.DigestBox;
import org.milena.listexpander.incoming.ListMail;
import org.milena.listexpander.ledger.Ledger;
import org.milena.listexpander.notice.Texts;
import org.milena.listexpander.preparation.content.LinkedAttachment;
import org.milena.listexpander.preparation.content.PersonalMarks;
import org.milena.listexpander.preparation.content.TextsAround;
import org.milena.listexpander.publication.PostExtras;
import org.milena.listexpander.publication.PostValues;
import org.milena.listexpander.template.TemplateName;

/** Patterns, templates and digests, as posts meet them. */
record ListExtras(Texts texts, DigestBox digests) implements PostExtras {

  @Override
  public Predicate<MailAddress> matching(Ledger ledger, MailingList list, List<String> patterns) {
    AddressPatterns compiled = AddressPatterns.of(patterns);
    return address ->
        compiled
            .match(
                address,
                (other, member) ->
                    ledger
                        .listAt(other)
                        .flatMap(found -> ledger.member(found.id(), member))
                        .isPresent())
            .isPresent();
  }

  @Override
  public TextsAround texts(Ledger ledger, MailingList list, PostValues values) {
    return new TextsAround(
        part(ledger, list, TemplateName.HEADER, values),
        part(ledger, list, TemplateName.FOOTER, values),
        values.marks());
  }

  private Optional<String> part(
      Ledger ledger, MailingList list, TemplateName name, PostValues values) {
    PersonalMarks marks = values.marks();
    return Optional.of(
        marks.kept(
            texts.part(
                ledger::template,
                list,
                Texts.usual(list),
                name,
                Map.of(
                    "post_url", values.archivedAt().orElse(""),
                    "user_email", marks.place(PersonalValue.EMAIL),
                    "user_name", marks.place(PersonalValue.NAME),
                    "user_name_or_email", marks.place(PersonalValue.NAME_OR_EMAIL),
                    "user_unsubscribe_url", marks.place(PersonalValue.LEAVE_URL)))));
  }

  @Override
  public String attachment(
      Ledger ledger, MailingList list, LinkedAttachment attachment, String url) {
    return texts.attachment(
        ledger, list, attachment.name(), attachment.type(), attachment.size(), url);
  }

  @Override
  public void posted(
      Ledger ledger, MailingList list, ListMail mail, RawMessage digestForm, Instant now) {
    digests.put(ledger, list, mail, digestForm, now);
  }
}
