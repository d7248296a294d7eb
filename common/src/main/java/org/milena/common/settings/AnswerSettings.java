package org.milena.common.settings;

/**
 * Automatic answers (RFC 3834) to who writes to the list, to its owners, or to {@code -request}.
 *
 * @param answerPosts for posts
 * @param answerPostsText what is answered
 * @param answerOwner for mail to the owners
 * @param answerOwnerText what is answered
 * @param answerRequests for mail to {@code -request}
 * @param answerRequestsText what is answered
 * @param answerDays how many days one address gets the same answer once
 */
public record AnswerSettings(
    AutoAnswer answerPosts,
    String answerPostsText,
    AutoAnswer answerOwner,
    String answerOwnerText,
    AutoAnswer answerRequests,
    String answerRequestsText,
    int answerDays) {

  /** None. */
  public static final AnswerSettings DEFAULT =
      new AnswerSettings(AutoAnswer.NONE, "", AutoAnswer.NONE, "", AutoAnswer.NONE, "", 90);
}
