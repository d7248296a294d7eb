package org.milena.archive.web.ponymail;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.BindParam;

/**
 * Which mail.
 *
 * @param id of Pony Mail, of this archive, or a Message-ID
 * @param listid only of this list: its address, or its list id
 * @param attachment whether {@code file} is wanted and not the mail
 * @param file SHA-256 of an attachment
 * @param findParent whether the whole thread is meant
 */
record PostParameters(
    @Nullable String id,
    @Nullable String listid,
    @Nullable String attachment,
    @Nullable String file,
    @BindParam("find_parent") @JsonProperty("find_parent") @Nullable String findParent) {

  boolean isForAttachment() {
    return MailParameters.isOn(attachment);
  }

  boolean isForWholeThread() {
    return MailParameters.isOn(findParent);
  }
}
