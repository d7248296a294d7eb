/**
 * What all HTTP edges share: errors a person understands (RFC 9457), who is calling, what that one
 * may do with a list, pages by cursor.
 *
 * <p>Promises that a browser gets a page and a program gets problem+json, and that no answer shows
 * our insides.
 *
 * <p>Touches Spring MVC, Spring Security, and the last error page of Tomcat.
 */
@NullMarked
package org.milena.common.web;

import org.jspecify.annotations.NullMarked;
