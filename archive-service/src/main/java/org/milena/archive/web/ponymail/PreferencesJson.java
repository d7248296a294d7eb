package org.milena.archive.web.ponymail;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The lists, and who is signed in.
 *
 * @param lists how many mails a list has, by domain and by the part of its address before the
 *     {@code @}
 */
record PreferencesJson(LoginJson login, Map<String, Map<String, Long>> lists) {

  /**
   * Who is signed in.
   *
   * @param credentials absent where nobody is
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record LoginJson(@Nullable CredentialsJson credentials) {}

  /**
   * An account.
   *
   * @param email empty where it has none
   */
  record CredentialsJson(String uid, String email, String fullname) {}
}
