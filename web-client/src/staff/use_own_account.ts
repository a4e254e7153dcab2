/** One's own account, brought when it is opened. */
export { OwnAccount } from "./own_account";
export { ownAccountRequests } from "./own_account_requests";
