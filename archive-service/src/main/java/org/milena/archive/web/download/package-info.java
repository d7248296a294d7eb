/**
 * What programs fetch of the archive: messages and attachments, mboxes, feeds, and what crawlers
 * ask for.
 *
 * <p>Promises: strangers get no whole address; what is sent is bounded in memory, and can be gone
 * on with where it broke off, or says that it changed. Touches Spring MVC.
 */
@NullMarked
package org.milena.archive.web.download;

import org.jspecify.annotations.NullMarked;
