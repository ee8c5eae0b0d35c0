/// What community-service is asked: where households live, who is a member.
@NullMarked
package io.linli.groupbuy.community;

import org.jspecify.annotations.NullMarked;
