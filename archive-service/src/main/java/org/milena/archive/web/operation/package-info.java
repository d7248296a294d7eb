/**
 * What operators and owners ask of the archive: the lives of mails, deliveries, imports, the index.
 *
 * <p>Promises: who may not ask is told so, and nothing else. Touches Spring MVC.
 */
@NullMarked
package org.milena.archive.web.operation;

import org.jspecify.annotations.NullMarked;
