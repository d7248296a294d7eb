package org.milena.listexpander.publication;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.milena.common.event.ArchiveId;
import org.milena.common.event.PersonalMark;
import org.milena.common.mail.RawMessage;

/**
 * A post as it will be written.
 *
 * @param content what stays of it, in nobody's name on an anonymous list: what the archive keeps
 * @param copy for members
 * @param marks where it says something of its recipient
 * @param links how many attachments of the copy are links
 * @param changes what the filter of contents took out
 * @param dmarc what was done for DMARC and why, as a sentence
 */
record PreparedPost(
    RawMessage content,
    RawMessage copy,
    List<PersonalMark> marks,
    int links,
    Optional<ArchiveId> archiveId,
    OptionalLong number,
    List<String> changes,
    String dmarc) {}
