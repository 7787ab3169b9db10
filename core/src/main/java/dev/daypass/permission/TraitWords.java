package dev.daypass.permission;

import java.util.HashSet;
import java.util.Set;

/// The words that names are judged by.
final class TraitWords {
    static final Set<String> SEARCHING = Set.of("search", "query", "find", "lookup");
    static final Set<String> REMOVING =
            Set.of("delete", "remove", "destroy", "purge", "erase", "wipe", "drop", "truncate");
    // No noun that a reading operation might be named after is among these.
    static final Set<String> UNMISTAKABLY_CHANGING =
            words(
                    """
                    create add insert update upsert edit modify put patch replace save write upload
                    reset restore revoke cancel stop execute exec trigger restart enable disable
                    activate deactivate approve reject accept decline confirm submit publish send
                    notify invite pay subscribe unsubscribe lock unlock suspend unblock assign
                    unassign attach detach apply generate register logout follow unfollow unarchive
                    rerun dispatch mark toggle flush unset\
                    """);
    // Words that tools which only look are named after; no thing and no change has such a name.
    static final Set<String> READING =
            words(
                    """
                    get list search find read view check show lookup fetch describe count query browse see retrieve
                    compare estimate compute calculate convert verify validate explain summarize preview inspect
                    analyze analyse navigate visit suggest recommend cat ls grep tail head wc du pwd diff stat filter detect
                    track trace locate identify download display examine peek scan summarise evaluate translate define
                    poll monitor whois is has who where what when how\
                    """);
    // What is opened to be read: `open_file`; a ticket or an account is opened to be there.
    static final Set<String> OPENED_TO_READ =
            words("file document doc page webpage url link website mail email message attachment");
    // Words that change something where a tool's name begins with them, and may name things
    // elsewhere.
    static final Set<String> CHANGING_IF_FIRST =
            words(
                    """
                    take leave join kick ban mute unmute pin unpin bring throw pull push turn switch make build deploy
                    scale reboot shut power wake sleep raise lower increase decrease adjust redeem issue refresh renew
                    extend shorten resize split combine rate vote like star react flag tag label sign fill pick ship
                    deliver return exchange swap upgrade downgrade pause resume skip play shuffle queue seek hold release
                    unpublish schedule reschedule postpone snooze dismiss complete finish resolve reopen escalate
                    transition deactivate reinstate promote demote provision terminate kill respond answer forward ring
                    dial dim brighten arm disarm feed water clean dock unplug charge topup donate tip settle\
                    """);
    // `check in` is no check.
    static final Set<String> PARTICLES = words("in out up off");
    // A name that holds one of these, and no word of changing, names a thing.
    static final Set<String> LINKING = words("of on for by per");
    static final Set<String> THINGS_ONLY =
            words(
                    "status history list total balance overview summary report statistics availability forecast");
    static final Set<String> CHANGING =
            union(
                    UNMISTAKABLY_CHANGING,
                    words(
                            """
                            new change set store import merge move copy rename close open start run launch
                            post reply share transfer charge refund purchase buy order book reserve
                            block grant sync rotate login archive clear\
                            """));
    static final Set<String> MONEY =
            words(
                    """
                    payment pay paid card creditcard debitcard invoice charge refund checkout payout
                    transfer billing bill purchase buy deposit withdraw withdrawal wallet donation
                    donate bank iban paymentmethod money remittance\
                    """);
    static final Set<String> MONEY_IF_WRITTEN = words("order booking reservation");
    static final Set<String> PERSONAL =
            words(
                    """
                    user profile email mail address phone telephone mobile contact passenger customer
                    paymentmethod traveler traveller guest patient employee subscriber account
                    birthday birthdate birth passport ssn\
                    """);
    static final Set<String> SECRET =
            words(
                    """
                    reveal cvv cvc cardpin token secret password passwd passphrase passcode credential apikey accesskey
                    privatekey secretkey sshkey gpgkey deploykey signingkey encryptionkey otp totp\
                    """);
    static final Set<String> ADMIN =
            words(
                    """
                    admin administrator administration setting configuration config role permission
                    policy webhook hook ruleset protection maintenance backup tenant quota
                    integration impersonate superuser sudo\
                    """);
    static final Set<String> OUTWARD =
            words(
                    """
                    send message messaging mail email sms notify notification share publish invite
                    invitation comment reply post tweet broadcast announce announcement\
                    """);
    static final Set<String> TIDYING =
            words(
                    """
                    trash move archive unarchive mark label star unstar pin unpin mute unmute snooze flag unflag
                    hide empty cancel resolve unsubscribe block unblock rename tag untag read unread sort copy\
                    """);
    static final Set<String> RECIPIENT = words("recipient cc bcc");
    static final Set<String> IDENTITY =
            words(
                    """
                    login logout logon signin signup signout signon register registration session
                    oauth auth authentication authenticate authorize authorization sso saml oidc mfa
                    otp totp role member membership invitation invite collaborator impersonate\
                    """);

    static final Set<String> OWN_CREDENTIAL =
            Set.of("apikey", "xapikey", "accesstoken", "authtoken", "xauthtoken", "authorization");
    static final Set<String> LIST_POSITION =
            words("page pagination next previous prev continuation cursor sync start resume skip");

    private TraitWords() {}

    private static Set<String> words(String text) {
        return Set.of(text.split("\\s+"));
    }

    private static Set<String> union(Set<String> a, Set<String> b) {
        var out = new HashSet<>(a);
        out.addAll(b);
        return Set.copyOf(out);
    }
}
