package org.milena.common.directory;

import org.milena.common.event.Topics;

/**
 * A text that somebody wrote in place of ours.
 *
 * @param scope the id of a list, the name of a domain, or {@link MailDomain#SITE}
 * @param name which text, by Mailman's names: {@code list:user:notice:welcome}
 * @param language {@code en} or {@code de}
 */
public record Template(String scope, String name, String language, String text) {

  /** Key on {@link Topics#DIRECTORY_TEMPLATES}. */
  public static String key(String scope, String name, String language) {
    return scope + Topics.KEY_SEPARATOR + name + "/" + language;
  }
}
