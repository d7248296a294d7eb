package org.milena.common.command;

/** The texts that stand in place of ours. */
public sealed interface TemplateChange extends ListCommand {

  /**
   * Puts a text in place of ours. Of a list it comes under the list's id, of a domain or the site
   * under {@link org.milena.common.directory.MailDomain#commandKey}.
   *
   * @param scope the id of a list, the name of a domain, or {@link
   *     org.milena.common.directory.MailDomain#SITE}
   * @param name which text, by Mailman's names: {@code list:user:notice:welcome}
   * @param language {@code en} or {@code de}
   */
  record PutTemplate(String scope, String name, String language, String text)
      implements TemplateChange {}

  /** Takes such a text away, so that the next scope's is used again, ours in the end. */
  record DeleteTemplate(String scope, String name, String language) implements TemplateChange {}
}
